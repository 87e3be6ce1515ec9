import type { Decision, Held, HeldId, ToHold } from '../model/held.ts'
import type { Intercept } from '../rules/hold/intercept.ts'
import type { Holds, Waiting } from '../rules/hold/with-holds.ts'
import { now } from './ports.ts'

export interface HoldLimits {
  /** Messages held at once; what comes beyond goes on. */
  readonly messages: number
  /** ms after which a message goes on by itself; 0: never. */
  readonly patience: number
}

export const defaultHoldLimits: HoldLimits = { messages: 100, patience: 300_000 }

/** What the screen is told. */
export type HoldSays =
  | { readonly type: 'held'; readonly held: Held }
  /** Held no longer. `gone`: its client or server is. */
  | { readonly type: 'let-go'; readonly id: HeldId; readonly why: 'decided' | 'time-out' | 'gone' }
  /** So many messages went on since the last time, because as many as may be are held. */
  | { readonly type: 'too-many'; readonly passed: number }

const mostOfOne = 8 * 1024 * 1024 // bytes
const mostOfAll = 64 * 1024 * 1024
const tellEvery = 1000 // ms, of what goes on because too much is held

interface Kept {
  readonly bytes: number
  readonly timer: NodeJS.Timeout | undefined
  let(decision: Decision, why: (HoldSays & { type: 'let-go' })['why']): void
}

/** The messages that wait for a person, who learns of them by `say`. */
export class HeldMessages implements Holds {
  readonly #limits: HoldLimits
  readonly #say: (said: HoldSays) => void
  readonly #kept = new Map<HeldId, Kept>()
  #intercept: Intercept | undefined
  #lastId = 0
  #turn = 0
  #bytes = 0
  #passed = 0
  #telling: NodeJS.Timeout | undefined

  constructor(limits: HoldLimits, say: (said: HoldSays) => void) {
    this.#limits = limits
    this.#say = say
  }

  get intercept(): Intercept | undefined {
    return this.#intercept
  }

  get room(): number {
    return Math.max(0, Math.min(mostOfOne, mostOfAll - this.#bytes))
  }

  /**
   * From now on, what fits is held; an empty text holds nothing more. What reads filters is loaded for the first. Rejects with a
   * FilterError.
   */
  async set(filter: string): Promise<void> {
    const turn = ++this.#turn
    const { interceptOf } = await import('../rules/hold/intercept.ts')
    const intercept = filter.trim() === '' ? undefined : interceptOf(filter)
    if (turn === this.#turn) this.#intercept = intercept
  }

  hold(message: ToHold): Waiting {
    if (this.#kept.size >= this.#limits.messages) {
      this.#pass()
      return { decision: Promise.resolve({ type: 'pass', because: 'too-many' }), gone() {} }
    }
    const id = ++this.#lastId
    const { promise, resolve } = Promise.withResolvers<Decision>()
    const { patience } = this.#limits
    const bytes = message.body?.length ?? 0
    const kept: Kept = {
      bytes,
      timer: patience > 0 ? setTimeout(() => this.#timeOut(id), patience) : undefined,
      let: (decision, why) => {
        this.#forget(id)
        resolve(decision)
        this.#say({ type: 'let-go', id, why })
      },
    }
    this.#kept.set(id, kept)
    this.#bytes += bytes
    this.#say({ type: 'held', held: { ...message, id, at: now() } })
    return { decision: promise, gone: () => this.#kept.get(id)?.let({ type: 'pass' }, 'gone') }
  }

  /** Does nothing where it is held no longer. */
  decide(id: HeldId, decision: Decision): void {
    this.#kept.get(id)?.let(decision, 'decided')
  }

  /** All go on as they came. */
  letAllGo(): void {
    for (const id of [...this.#kept.keys()]) this.decide(id, { type: 'pass' })
  }

  #timeOut(id: HeldId): void {
    this.#kept.get(id)?.let({ type: 'pass', because: 'time-out' }, 'time-out')
  }

  #forget(id: HeldId): void {
    const kept = this.#kept.get(id)
    if (!kept) return
    clearTimeout(kept.timer)
    this.#bytes -= kept.bytes
    this.#kept.delete(id)
  }

  #pass(): void {
    this.#passed++
    this.#telling ??= setTimeout(() => {
      this.#say({ type: 'too-many', passed: this.#passed })
      this.#passed = 0
      this.#telling = undefined
    }, tellEvery).unref()
  }
}
