import type { Held } from '../../model/held.ts'
import { counted } from '../../view/format.ts'
import type { Effect, Outcome, Outlets } from '../command.ts'
import { decisionOf } from '../held-message/decision.ts'
import { isRefused } from '../held-message/draft.ts'
import { askingFor } from '../state/prompt.ts'
import { pop, type State, type Step, screenOf, type World } from '../state/state.ts'
import { type HeldMessageScreen, type HeldScreen, heldOf, heldWith } from './state.ts'

/** What can be done with held messages, and what is to be held. */

const nothingRuns: Outcome = { text: 'Nothing is being proxied: this is a capture.', tone: 'bad' }

export const askIntercept: Step = (state, { status }) =>
  status.holds
    ? { ...state, prompt: askingFor('hold', status.holds.filter, 'hold-if', 'breakpoint') }
    : { ...state, notice: { text: nothingRuns.text, tone: 'bad' } }

export const intercept: Effect = (_state, world, { actions }, argument) => {
  if (!actions.intercept) return nothingRuns
  try {
    actions.intercept(argument)
  } catch (error) {
    return { text: (error as Error).message, tone: 'bad' }
  }
  if (argument.trim() !== '')
    return { text: `What fits ${argument.trim()} is held from now on; I shows it.`, tone: 'good' }
  const left = heldOf(world).length
  return {
    text: left > 0 ? `Nothing more is held; ${counted(left, 'message')} still wait.` : 'Nothing is held any more.',
  }
}

/** The message that the screen is about. */
export function heldHere(state: State, world: World): Held | undefined {
  const screen = screenOf(state)
  if (screen.kind === 'held-message') return heldWith((screen as HeldMessageScreen).id, world)
  return screen.kind === 'held' ? heldAt(screen as HeldScreen, world) : undefined
}

/** What was let go above it may have left the cursor beyond the end. */
export const cursorOf = ({ cursor }: HeldScreen, world: World): number =>
  Math.max(0, Math.min(cursor, heldOf(world).length - 1))

export const heldAt = (screen: HeldScreen, world: World): Held | undefined => heldOf(world)[cursorOf(screen, world)]

/** It goes on with what was changed of it. */
export const resume: Effect = (state, world, outlets) => {
  const held = heldHere(state, world)
  if (!held) return { text: 'Nothing is held here.', tone: 'bad' }
  const decision = decisionOf(held, state.drafts?.get(held.id) ?? {})
  if (isRefused(decision)) return { text: decision.refused, tone: 'bad' }
  return decided(held, decision, decision.type === 'pass' ? 'goes on as it came' : 'goes on, changed', outlets)
}

export const drop: Effect = (state, world, outlets) => {
  const held = heldHere(state, world)
  return held ? decided(held, { type: 'drop' }, 'was dropped', outlets) : { text: 'Nothing is held here.', tone: 'bad' }
}

export function decided(
  held: Held,
  decision: Parameters<NonNullable<Outlets['actions']['decide']>>[1],
  what: string,
  { actions }: Outlets,
): Outcome {
  if (!actions.decide) return nothingRuns
  actions.decide(held.id, decision)
  return { text: `The ${nameOf(held)} ${what}.`, tone: 'good' }
}

export const resumeAll: Effect = (state, world, { actions }) => {
  const all = heldOf(world)
  if (!actions.decide || !actions.letAllGo) return nothingRuns
  if (all.length === 0) return { text: 'Nothing is held.' }
  for (const held of all) {
    const decision = decisionOf(held, state.drafts?.get(held.id) ?? {})
    if (!isRefused(decision) && decision.type !== 'pass') actions.decide(held.id, decision)
  }
  actions.letAllGo()
  return { text: `${counted(all.length, 'message')} went on.`, tone: 'good' }
}

/** Back from a message that is held no longer. */
export const leaveGone: Step = (state, world) => {
  const screen = screenOf(state)
  return screen.kind === 'held-message' && !heldWith((screen as HeldMessageScreen).id, world) ? pop(state) : state
}

export const nameOf = (held: Held): string => (held.what === 'stream-message' ? 'message' : held.what)
