import { parseFilter } from '../filter/parser.ts'
import type { Decision, Held, HeldId } from '../model/held.ts'

/** Decides on a held message. Nothing: it goes on as it came. May be async: the message waits meanwhile. */
export type OnHeld = (held: Held) => Decision | undefined | Promise<Decision | undefined>

/** The messages of a run that wait. */
interface Holds {
  /** What is held; empty: nothing. */
  readonly filter: string
  readonly messages: readonly Held[]
  onChange(listener: () => void): () => void
  intercept(filter: string): void
  decide(id: HeldId, decision: Decision): void
  letAllGo(): void
}

/**
 * Holds the messages that fit, after the rules, until the function has decided. Where it throws, the message goes on and
 * the error is told. Throws FilterError, and Error where another breakpoint is set. Returns how to end it; what is held then
 * goes on.
 */
export function setBreakpoint(
  holds: Holds,
  filter: string,
  onHeld: OnHeld,
  tell: (error: unknown) => void,
): () => void {
  if (holds.filter !== '') throw new Error(`there is a breakpoint already: ${holds.filter}; stop it first`)
  const asked = new Set<HeldId>()
  const decide = async (held: Held): Promise<void> => {
    try {
      holds.decide(held.id, (await onHeld(held)) ?? { type: 'pass' })
    } catch (error) {
      holds.decide(held.id, { type: 'pass' })
      tell(error)
    }
  }
  parseFilter(filter)
  holds.intercept(filter.trim() === '' ? '~all' : filter)
  const forget = holds.onChange(() => {
    const waiting = new Set(holds.messages.map(({ id }) => id))
    for (const id of asked) if (!waiting.has(id)) asked.delete(id)
    for (const held of holds.messages) {
      if (asked.has(held.id)) continue
      asked.add(held.id)
      void decide(held)
    }
  })
  let set = true
  return () => {
    if (!set) return
    set = false
    forget()
    holds.intercept('')
    holds.letAllGo()
  }
}
