import type { ConnectionId } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { ConnectionFacts, Rulings } from '../../rules/rulings.ts'
import { lastGoAway } from '../../wire/http2/frame-writer.ts'
import type { QuietEnd } from './legs.ts'

interface OpenRelay {
  readonly facts: ConnectionFacts
  readonly relay: QuietEnd
}

/** What the recorder says of a probe: see observe/plain.ts. */
export type Pause = 'exchanges' | 'frames' | 'none'

interface Leaving extends OpenRelay {
  probe: number
  /** Bytes that had passed when the probe went out. */
  passed: number
  /** The client knows that it should open no more streams here; where it speaks HTTP/1 there are none. */
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
  add(facts: ConnectionFacts, relay: QuietEnd): () => void {
    const { id } = facts
    this.#open.set(id, { facts, relay })
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
    for (const open of claimed) {
      const leaving: Leaving = { ...open, probe: 0, passed: 0, goneAway: open.facts.alpn !== 'h2', timer: undefined }
      this.#leaving.set(open.facts.id, leaving)
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
    if (holds && pause === 'exchanges' && goneAway) return relay.end()
    if (holds && pause !== 'none' && !goneAway) {
      leaving.goneAway = true
      relay.say(Buffer.from(lastGoAway()))
    }
    leaving.timer = setTimeout(() => this.#ask(leaving), askAgain).unref() // a client may just have said more
  }

  #ask(leaving: Leaving): void {
    leaving.probe = ++this.#lastProbe
    leaving.passed = leaving.relay.passed()
    this.#tell(leaving.facts.id, { type: 'probed', probe: leaving.probe })
  }
}
