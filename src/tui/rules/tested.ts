import { exchangeFlow } from '../../filter/flow.ts'
import { type FlowFacts, matcherFor } from '../../filter/match.ts'
import type { Exchange, ExchangeId, Side } from '../../model/exchange.ts'
import { readRule } from '../../rules/rule.ts'
import { decodedBody } from '../../view/body/decoded.ts'
import type { RuleNow } from '../actions.ts'
import type { FlowSource } from '../ports.ts'
import { isOn } from './state.ts'

/** What a rule would do to a flow: its actions in a few words; undefined where it does not match. */
export type Tested = { readonly says: readonly string[]; readonly why?: 'off' | 'stopped' } | undefined

const mostBody = 1024 * 1024 // filters look at no more

/** What each of the rules would do to the flow as its client sent it; undefined where the flow is no exchange. */
export function testRules(
  rules: readonly RuleNow[],
  id: ExchangeId,
  source: FlowSource,
): readonly Tested[] | undefined {
  const exchange = source.exchange(id)
  if (!exchange) return undefined
  const facts = factsOf(exchange, source)
  let stopped = false
  return rules.map(({ source: written }) => {
    const { filter, actions, stop } = readRule(written)
    if (!matcherFor(filter)(facts)) return undefined
    const says = actions.map(({ did }) => did)
    if (!isOn(written)) return { says, why: 'off' }
    if (stopped) return { says, why: 'stopped' }
    stopped = stop
    return { says }
  })
}

function factsOf(exchange: Exchange, source: FlowSource): FlowFacts {
  const connection = source.record(exchange.connection)
  const bodyOf = (side: Side): Uint8Array | undefined => {
    const headers = exchange[side]?.head.headers
    return headers && decodedBody(source.body(exchange.id, side, 0, mostBody), headers, mostBody)
  }
  return {
    flow: exchangeFlow(exchange),
    exchange,
    ...(connection && { connection }),
    bodies: { request: bodyOf('request'), response: bodyOf('response') },
  }
}
