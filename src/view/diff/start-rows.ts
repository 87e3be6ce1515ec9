import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Exchange } from '../../model/exchange.ts'
import { queryOf } from '../body/query.ts'
import { flowRow } from './flow-row.ts'

/** Method, parts of the URL, protocol and status. */
export function startRows(left: Exchange, right: Exchange): readonly ComparisonRow[] {
  const [ours, theirs] = [left.request.head, right.request.head]
  const status = ({ response }: Exchange) => response && `${response.head.status} ${response.head.reason}`.trim()
  const pathOf = (path: string) => path.split('?', 1)[0]!
  return [
    ...flowRow('method', 'Method', ours.method, theirs.method),
    ...flowRow('scheme', 'Scheme', some(ours.scheme), some(theirs.scheme)),
    ...flowRow('authority', 'Host', some(ours.authority), some(theirs.authority)),
    ...flowRow('path', 'Path', pathOf(ours.path), pathOf(theirs.path)),
    ...queryRows(ours.path, theirs.path),
    ...flowRow('request-version', 'Protocol', ours.version, theirs.version),
    ...statusRow(left, right, status),
    ...flowRow('informational', '1xx responses', informational(left), informational(right)),
    ...flowRow('ended', 'Ended early', left.aborted?.why, right.aborted?.why),
  ]
}

const some = (text: string): string | undefined => (text === '' ? undefined : text)

const informational = ({ informational: heads }: Exchange): string | undefined =>
  heads.length > 0 ? heads.map(({ status }) => status).join(', ') : undefined

/** Another class of status matters more than another status of the same class. */
function statusRow(left: Exchange, right: Exchange, status: (exchange: Exchange) => string | undefined) {
  const classOf = ({ response }: Exchange) => response && Math.floor(response.head.status / 100)
  const [row] = flowRow('status', 'Status', status(left), status(right))
  if (!row || row.mark === '=' || classOf(left) === classOf(right)) return row ? [row] : []
  return [{ ...row, mark: '!' as const }]
}

const mostParameters = 200

/** A row for each parameter by name; of several values of a name, all in one row. */
function queryRows(left: string, right: string): readonly ComparisonRow[] {
  const [ours, theirs] = [parameters(left), parameters(right)]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].slice(0, mostParameters)
  return names.flatMap(name => flowRow(`query:${name}`, `Query ${name}`, ours.get(name), theirs.get(name)))
}

function parameters(path: string): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(queryOf(path) ?? '')) {
    const before = all.get(name)
    all.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return all
}
