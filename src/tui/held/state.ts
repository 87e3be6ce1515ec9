import type { Held, HeldId } from '../../model/held.ts'
import type { WithCursor } from '../state/scrolled.ts'
import { push, type State, type Step, say, type World } from '../state/state.ts'

/** The messages that wait for a person. */
export interface HeldScreen extends WithCursor {
  readonly kind: 'held'
}

/** One of them, to be looked at and changed. */
export interface HeldMessageScreen extends WithCursor {
  readonly kind: 'held-message'
  readonly id: HeldId
}

export const heldOf = ({ status }: World): readonly Held[] => status.holds?.messages ?? []

export const heldWith = (id: HeldId, world: World): Held | undefined => heldOf(world).find(each => each.id === id)

/** The only one at once, else the list of them. */
export const enterHeld: Step = (state, world) => {
  const [only, ...others] = heldOf(world)
  if (!world.status.holds) return say(state, 'Nothing is being proxied: this is a capture.', 'bad')
  if (only && others.length === 0) return enterHeldMessage(state, only.id)
  return push<HeldScreen>(state, { kind: 'held', cursor: 0, top: 0 })
}

export const enterHeldMessage = (state: State, id: HeldId): State =>
  push<HeldMessageScreen>(state, { kind: 'held-message', id, cursor: 0, top: 0 })

/** What was changed of a message that is held no longer is forgotten. */
export function withoutGone(state: State, world: World): State {
  const { drafts, ...rest } = state
  if (!drafts || [...drafts.keys()].every(id => heldWith(id, world))) return state
  const kept = [...drafts].filter(([id]) => heldWith(id, world))
  return kept.length === 0 ? rest : { ...rest, drafts: new Map(kept) }
}
