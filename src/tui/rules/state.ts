import type { ExchangeId } from '../../model/exchange.ts'
import type { RuleSource } from '../../rules/rule.ts'
import type { RuleNow } from '../actions.ts'
import type { WithCursor } from '../state/scrolled.ts'
import { push, type Step, say, type World } from '../state/state.ts'

/** What is done to traffic: the rules in their order. */
export interface RulesScreen extends WithCursor {
  readonly kind: 'rules'
  /** Each rule tells what it would do to this flow. */
  readonly tested?: ExchangeId
}

export const nothingRuns = 'Nothing is being proxied: this is a capture.'

export const enterRules: Step = (state, { status }) =>
  status.rules ? push<RulesScreen>(state, { kind: 'rules', cursor: 0, top: 0 }) : say(state, nothingRuns, 'bad')

export const rulesOf = ({ status }: World): readonly RuleNow[] => status.rules?.all ?? []

/** What was deleted may have left the cursor beyond the end. */
export const cursorOf = ({ cursor }: RulesScreen, world: World): number =>
  Math.max(0, Math.min(cursor, rulesOf(world).length - 1))

export const ruleAt = (screen: RulesScreen, world: World): RuleNow | undefined =>
  rulesOf(world)[cursorOf(screen, world)]

export const isOn = ({ enabled = true }: RuleSource): boolean => enabled
