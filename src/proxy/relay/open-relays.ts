import type { ConnectionId } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { ConnectionFacts, Rulings } from '../../rules/rulings.ts'

/** A connection that is relayed verbatim, and makes room for one that is acted on where somebody wants that. */
export interface OpenRelay {
  readonly facts: ConnectionFacts
  /** Bytes of content so far, both directions together. */
  readonly passed: () => number
  /** HTTP/2 alone: tells the client to open no more streams here (RFC 9113 6.8). To be called between two frames. */
  readonly goAway: (() => void) | undefined
  /** Closes both legs. To be called between two exchanges. */
  readonly end: () => void
}

/** What the recorder says of a probe: see observe/plain.ts. */
export type Pause = 'exchanges' | 'frames' | 'none'

interface Leaving {
  readonly relay: OpenRelay
  probe: number
  /** Bytes that had passed when the probe went out. */
  passed: number
  goneAway: boolean
  timer: NodeJS.Timeout | undefined
}

const askAgain = 100 // ms

/**
 * The verbatim relays that are open. Where rules begin to claim what passes on one, it is ended at its next quiet moment, so
 * that its client opens another, which is acted on. A verbatim relay reads nothing, so the recorder says when that is: it is
 * asked on the tape, and what it answers holds if no byte has passed since.
 */
export class OpenRelays {
  readonly #open = new Map<ConnectionId, OpenRelay>()
  readonly #leaving = new Map<ConnectionId, Leaving>()
  readonly #tell: (id: ConnectionId, event: ConnectionEvent) => void
  #lastProbe = 0

  constructor(tell: (id: ConnectionId, event: ConnectionEvent) => void) {
    this.#tell = tell
  }

  /** Returns what to call when it is over. */
  add(relay: OpenRelay): () => void {
    const { id } = relay.facts
    this.#open.set(id, relay)
    return () => {
      this.#open.delete(id)
      clearTimeout(this.#leaving.get(id)?.timer)
      this.#leaving.delete(id)
    }
  }

  /** The rules have changed: lets go of every relay that they claim. Returns their facts. */
  reconsider(rulings: Rulings): readonly ConnectionFacts[] {
    const claimed = [...this.#open.values()].filter(
      ({ facts }) => !this.#leaving.has(facts.id) && rulings.claims(facts) !== undefined,
    )
    for (const relay of claimed) {
      const leaving: Leaving = { relay, probe: 0, passed: 0, goneAway: false, timer: undefined }
      this.#leaving.set(relay.facts.id, leaving)
      this.#ask(leaving)
    }
    return claimed.map(({ facts }) => facts)
  }

  /** The recorder has read up to a probe. */
  answer(id: ConnectionId, probe: number, pause: Pause): void {
    const leaving = this.#leaving.get(id)
    if (!leaving || leaving.probe !== probe) return
    const { relay, passed, goneAway } = leaving
    const holds = relay.passed() === passed
    if (holds && pause === 'exchanges' && (goneAway || !relay.goAway)) return relay.end()
    if (holds && pause !== 'none' && !goneAway && relay.goAway) {
      leaving.goneAway = true
      relay.goAway()
    }
    leaving.timer = setTimeout(() => this.#ask(leaving), askAgain).unref() // a client may just have said more
  }

  #ask(leaving: Leaving): void {
    leaving.probe = ++this.#lastProbe
    leaving.passed = leaving.relay.passed()
    this.#tell(leaving.relay.facts.id, { type: 'probed', probe: leaving.probe })
  }
}
