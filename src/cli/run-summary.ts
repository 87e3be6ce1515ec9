import { parseFilter } from '../filter/parser.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import { printable } from '../view/printable.ts'
import { commandShape } from './command-shape.ts'

const page = 500
const mostKinds = 10

/** What a run came to: flows, failures by their cause with the remedy, where the capture is and what opens it. */
export function summaryOf(capturePath: string): readonly string[] {
  const capture = openCapture(capturePath)
  try {
    const { flows, failed } = capture.info()
    const kinds = failureKinds(capture)
    const more = kinds.length - mostKinds
    const command = commandShape({ environment: process.env, argv: process.argv })
    return [
      flows === 0
        ? nothingCame
        : `${flows} ${flows === 1 ? 'flow' : 'flows'}${failed > 0 ? `, ${failed} failed:` : ''}`,
      ...kinds.slice(0, mostKinds).map(saidOf),
      ...(more > 0 ? [`  and ${more} other causes`] : []),
      `capture saved to ${capturePath}; to see it: ${command} open ${capturePath}`,
    ]
  } finally {
    capture.close()
  }
}

/** The same for programs: summary.schema.json describes every member. */
export function summaryJson(capturePath: string): object {
  const capture = openCapture(capturePath)
  try {
    const { flows, connections, failed } = capture.info()
    const failures = failureKinds(capture).map(({ first: { code, note: message, host, remedy }, count }) => ({
      ...(code !== undefined && { code }),
      message: message ?? 'no whole response came',
      ...{ count, firstHost: host },
      ...(remedy !== undefined && { remedy }),
    }))
    return { version: 1, capture: capturePath, flows, connections, failed, failures }
  } finally {
    capture.close()
  }
}

const nothingCame =
  'nothing came through Parley: the command made no request, or does not heed the variables (README: Getting traffic in)'

interface FailureKind {
  readonly first: FlowRow
  readonly count: number
}

/** The failed flows by their code, the most frequent first. */
function failureKinds(capture: Capture): readonly FailureKind[] {
  const filter = parseFilter('~failed')
  const kinds = new Map<string, FailureKind>()
  for (let after = 0; ; ) {
    const rows = capture.flows({ filter, after, limit: page })
    for (const row of rows) {
      const { first, count } = kinds.get(row.code ?? '') ?? { first: row, count: 0 }
      kinds.set(row.code ?? '', { first, count: count + 1 })
      after = row.id
    }
    if (rows.length < page) return [...kinds.values()].sort((a, b) => b.count - a.count)
  }
}

const saidOf = ({ first: { host, note, remedy }, count }: FailureKind): string =>
  printable(`  ${count} × ${note ?? 'no whole response came'}, first at ${host}${remedy ? `. ${remedy}` : ''}`)
