import { readLegPair } from '../../compare/read-leg-pair.ts'
import type { Exchange } from '../../model/exchange.ts'
import { urlOf } from '../../view/copy/request.ts'
import { formatBytes, formatDuration } from '../../view/format.ts'
import type { Exporter, ExportSource } from '../exporter.ts'
import { leavingFlows } from '../leaving-flows.ts'
import { code, plain, table } from './escape.ts'
import { finding } from './finding.ts'

const mostExchanges = 100 // of a connection: more is no reading for an issue

/** Findings for an issue tracker, a connection after the other: why it failed, what differs, both handshakes, its exchanges. */
export const markdown: Exporter = {
  key: 'markdown',
  text: true,
  *pieces(source) {
    yield '# What Parley recorded\n'
    for (const { connection, exchanges } of leavingFlows(source)) {
      yield '\n'
      yield* finding(readLegPair(source.capture, connection))
      yield* exchangeTable(source, exchanges)
    }
  },
}

function* exchangeTable({ capture }: ExportSource, ids: readonly number[]): Generator<string> {
  const exchanges = ids.slice(0, mostExchanges).flatMap(id => capture.exchange(id) ?? [])
  yield* table(['request', 'response', 'size', 'time', ''], exchanges.map(exchangeRow))
  if (ids.length > mostExchanges) yield `\n… and ${ids.length - mostExchanges} more exchanges\n`
}

function exchangeRow(exchange: Exchange): readonly string[] {
  const { request, response, aborted, problems } = exchange
  const endedAt = response?.endedAt ?? aborted?.at
  return [
    code(`${request.head.method} ${urlOf(exchange)}`),
    response ? code(`${response.head.status} ${response.head.reason}`.trimEnd()) : 'none',
    response ? formatBytes(response.bodyBytes) : '',
    endedAt === undefined ? '' : formatDuration(endedAt - request.headAt),
    plain(problems[0]?.message ?? aborted?.why ?? ''),
  ]
}
