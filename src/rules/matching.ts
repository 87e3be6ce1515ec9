import type { Plan } from './plan.ts'
import type { AwaitedProcess } from './rulings.ts'
import type { MessageFacts } from './three-valued.ts'
import type { World } from './world.ts'

/** A rule that may match the messages of one connection. */
export interface Candidate {
  readonly plan: Plan
  /** It matches all of them, whatever they are. */
  readonly always: boolean
}

/** What the rules' makers are told, and where they act. */
export interface Surroundings {
  readonly world: World
  /** The rule of that place in the list matched. */
  onHit(rule: number): void
}

/** A candidate about which something is known: `sure` where it matches whatever the body is. */
export interface Asked {
  readonly plan: Plan
  readonly sure: boolean
}

/** Those that match, or may once there is a body, up to the first that stops for sure. */
export function possible(candidates: readonly Candidate[], facts: () => MessageFacts): readonly Asked[] {
  const asked: Asked[] = []
  for (const { plan, always } of candidates) {
    const answer = always || plan.onMessage(facts())
    if (answer === false) continue
    const sure = answer === true
    asked.push({ plan, sure })
    if (sure && plan.rule.stop) break
  }
  return asked
}

/** Waits for the program that opened the connection where one of them asks for it; undefined where there is no need. */
export function processKnown(asked: readonly Asked[], process: AwaitedProcess | undefined): Promise<void> | undefined {
  return asked.some(({ plan, sure }) => !sure && plan.asksProcess) ? process?.known() : undefined
}

/** Those that match, now that all is known; `known` is asked for only where something was not. */
export function matching(asked: readonly Asked[], known: () => MessageFacts, around: Surroundings): readonly Plan[] {
  const found: Plan[] = []
  for (const { plan, sure } of asked) {
    if (!sure && plan.onMessage(known()) !== true) continue
    found.push(plan)
    around.onHit(plan.index)
    if (plan.rule.stop) break
  }
  return found
}
