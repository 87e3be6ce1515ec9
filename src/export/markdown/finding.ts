import { compareLegs, type LegPair } from '../../compare/compare.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { Problem } from '../../model/problem.ts'
import { explainFailure } from '../../problem/explain.ts'
import { sayBlame } from '../../problem/problem.ts'
import { formatOffset } from '../../view/format.ts'
import { connectionTable } from '../../view/handshake/side-by-side.ts'
import type { Cell } from '../../view/table.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import { code, plain, table } from './escape.ts'

/** What was found about a connection: the cause of a failure, the verdict, the difference, and both handshakes. */
export function* finding(pair: LegPair): Generator<string> {
  const { connection, client, upstream } = pair
  const comparison = compareLegs(pair)
  yield title(pair)
  for (const problem of explainFailure(connection, client, upstream)) yield cause(problem)
  if (connection.tolerated) yield `\nTolerated: ${plain(connection.tolerated.message)}\n`
  yield `\n**Would client and server have agreed without the proxy?** ${plain(comparison.verdict.sentence)}\n`
  for (const { standing, aspect, sentence } of comparison.verdict.reasons)
    if (standing !== 'fits' && !comparison.verdict.sentence.includes(sentence))
      yield `- ${plain(aspect)}: ${plain(sentence)}\n`
  const differences = comparison.rows.filter(({ mark }) => mark !== '=' && mark !== '·')
  yield* table(
    ['', 'difference', 'client leg', 'upstream leg', 'why'],
    differences.map(row => [row.mark, plain(row.label), code(row.client), code(row.upstream), plain(row.why ?? '')]),
  )
  yield* handshakes(pair)
}

function title({ connection }: LegPair): string {
  const { id, target, serverName, openedAt } = connection
  const where = target ? hostAndPort(target) : (serverName ?? '')
  return `## c${id} ${code(where)}\n\n${new Date(openedAt).toISOString()}, ${plain(legsOf(connection))}\n`
}

function cause({ code: name, blame, message, remedy }: Problem): string {
  const advice = remedy === undefined ? '' : `. ${plain(remedy)}`
  return `\n**Cause** (${code(name)}, ${plain(sayBlame(blame))}): ${plain(message)}${advice}\n`
}

/** Both legs beside each other by time, as the screen has them. */
function* handshakes(pair: LegPair): Generator<string> {
  const { client, upstream, rows } = connectionTable(pair)
  if (rows.length === 0) return
  yield '\n<details><summary>Both handshakes</summary>\n'
  yield* table(
    ['ms', plain(client), 'ms', plain(upstream)],
    rows.map(row => [timeOf(row.client), cellText(row.client), timeOf(row.upstream), cellText(row.upstream)]),
  )
  yield '\n</details>\n'
}

const timeOf = (cell: Cell | undefined): string => (cell?.at === undefined ? '' : formatOffset(cell.at))

function cellText(cell: Cell | undefined): string {
  if (!cell) return ''
  const head = [cell.arrow, plain(cell.title), plain(cell.detail)].filter(part => part !== undefined && part !== '')
  return [head.join(' '), ...cell.facts.map(plain)].join('<br>')
}
