import { claimsOf } from './claims-of.ts'
import type { Candidate, Surroundings } from './matching.ts'
import { type Plan, planOf } from './plan.ts'
import type { Rule } from './rule.ts'
import type { ConnectionFacts, ConnectionRuling, Rulings } from './rulings.ts'

/** The rules in force, those that are switched off left out. What they ask is made ready once, here. */
export function rulingsOf(rules: readonly Rule[], around: Surroundings): Rulings {
  const plans = rules.map(planOf).filter(({ rule }) => rule.enabled)
  const onConnections = plans.filter(({ rule: { actions, stop } }) => stop || actions.some(action => action.connection))
  const onMessages = plans.filter(({ inRequest, inResponse, inWebSocket }) => inRequest || inResponse || inWebSocket)
  return {
    connection: facts => connectionRuling(onConnections, facts, around),
    claims(facts) {
      const candidates = candidatesOf(onMessages, facts)
      return candidates.length === 0 ? undefined : claimsOf(candidates, facts, around)
    },
  }
}

/** Rules that only stop are none to relay for. */
function candidatesOf(plans: readonly Plan[], facts: ConnectionFacts): readonly Candidate[] {
  const candidates: Candidate[] = []
  for (const plan of plans) {
    const answer = plan.onConnection(facts)
    if (answer === false) continue
    candidates.push({ plan, always: answer === true })
    if (answer === true && plan.rule.stop && plan.inRequest && plan.inResponse && plan.inWebSocket) break
  }
  return candidates.some(({ plan }) => plan.rule.actions.length > 0) ? candidates : []
}

/** The rules that match, each over those before it. */
function connectionRuling(
  plans: readonly Plan[],
  facts: ConnectionFacts,
  { onHit }: Surroundings,
): ConnectionRuling | undefined {
  let ruling: ConnectionRuling | undefined
  for (const { index, rule, ofConnection } of plans) {
    if (ofConnection(facts) !== true) continue
    const said = rule.actions.flatMap(({ connection }) => connection ?? [])
    if (said.length > 0) {
      ruling = { ...ruling, ...Object.assign({}, ...said), by: [...(ruling?.by ?? []), rule.by] }
      onHit(index)
    }
    if (rule.stop && (said.length > 0 || rule.actions.length === 0)) break
  }
  return ruling
}
