import type { Filter } from '../filter/ast.ts'
import type { Action } from './actions/action.ts'
import { RuleError } from './rule-error.ts'

type OperatorName = Extract<Filter, { name: unknown }>['name']

/** What is known of the list's flows, and not of a message that passes just now. */
const afterwards: ReadonlySet<OperatorName> = new Set<OperatorName>([
  ...(['acted', 'cancelled', 'comment', 'differs', 'dur', 'e', 'failed'] as const),
  ...(['group', 'ja4', 'marked', 'rule', 'size', 'tcp'] as const),
])
const ofResponse: ReadonlySet<OperatorName> = new Set<OperatorName>(['a', 'bs', 'c', 'hs', 's', 'ts'])
const ofConnection: ReadonlySet<OperatorName> = new Set<OperatorName>(['alpn', 'conn', 'd', 'dst', 'sni', 'src', 'u'])

/** Every operator of a filter. */
export function operatorsIn(filter: Filter): ReadonlySet<OperatorName> {
  if ('name' in filter) return new Set([filter.name])
  if (filter.type === 'all') return new Set()
  if (filter.type === 'not') return operatorsIn(filter.of)
  return new Set(filter.of.flatMap(each => [...operatorsIn(each)]))
}

const some = (asked: ReadonlySet<OperatorName>, of: ReadonlySet<OperatorName>): OperatorName | undefined =>
  [...asked].find(name => of.has(name))

/** Whether it can only be answered once there is a response. */
export const asksResponse = (filter: Filter): boolean => some(operatorsIn(filter), ofResponse) !== undefined

/** Of which bodies it asks. */
export function bodiesAsked(filter: Filter): { readonly request: boolean; readonly response: boolean } {
  const asked = operatorsIn(filter)
  const both = asked.has('b')
  // ~all with a pattern looks everywhere
  const everywhere = asked.has('all')
  return { request: both || everywhere || asked.has('bq'), response: both || everywhere || asked.has('bs') }
}

/** Whether it asks which program opened the connection. */
export const asksProcess = (filter: Filter): boolean => operatorsIn(filter).has('process')

/** Throws RuleError where the filter asks for what no message can answer when these actions would act. */
export function checkAsked(filter: Filter, actions: readonly Action[]): void {
  const asked = operatorsIn(filter)
  const later = some(asked, afterwards)
  if (later) throw new RuleError(0, 'a filter about messages as they pass', `~${later}, which is known afterwards`)
  const connection = actions.some(action => action.connection)
  const other = [...asked].find(name => !ofConnection.has(name))
  if (connection && other)
    throw new RuleError(0, 'a filter about connections (~d, ~u, ~sni, ~src, ~dst, ~alpn, ~conn)', `~${other}`)
  const answer = some(asked, ofResponse)
  if (answer && !actions.some(action => action.response || action.webSocket))
    throw new RuleError(0, 'a filter about requests, because the action is on requests', `~${answer}`)
}
