import type { ActedEvent } from '../../../model/acted-event.ts'
import type { Claims, RequestClaim } from '../../../rules/claims.ts'
import type { RequestVerdict } from '../../../rules/verdict.ts'
import type { ActingPorts } from './core.ts'

/**
 * Rules between a client and a script of --mitm-script: what the rules make of a request is for the script, and the script's
 * engine has the server's side on the tape. Of what goes that way rules tell what they did, and nothing of the server; of what
 * they answer themselves, or have answered elsewhere, they tell all.
 */
export class BesideScript {
  /** The places of the requests that the script sees, in its order. */
  readonly #seen: number[] = []
  readonly #sees = new Set<number>()

  /** The place among the client's requests of the next that the script gets. */
  next(): number | undefined {
    return this.#seen.shift()
  }

  /** The same claims, of whose verdicts it takes note. */
  noting(claims: Claims): Claims {
    return {
      ...claims,
      request: (exchange, head) => {
        const claim = claims.request(exchange, head)
        if (!claim) this.#see(exchange)
        return claim && this.#claim(exchange, claim)
      },
      over: exchange => {
        this.#sees.delete(exchange)
        claims.over?.(exchange)
      },
    }
  }

  /** The same ports, to which only rules tell what is theirs to tell. */
  telling({ acted, serverContent }: Tellers): Tellers {
    return {
      acted: (exchange, event) => {
        if (!this.#sees.has(exchange)) acted(exchange, event)
        else for (const own of ownOf(event)) acted(exchange, own)
      },
      serverContent: (exchange, direction, bytes) => {
        if (!this.#sees.has(exchange)) serverContent(exchange, direction, bytes)
      },
    }
  }

  #claim(exchange: number, claim: RequestClaim): RequestClaim {
    const noted = (verdict: RequestVerdict): RequestVerdict => {
      if (verdict.type === 'pass' || verdict.type === 'change') this.#see(exchange)
      return verdict
    }
    return {
      ...claim,
      act(message) {
        const verdict = claim.act(message)
        return verdict instanceof Promise ? verdict.then(noted) : noted(verdict)
      },
    }
  }

  #see(exchange: number): void {
    this.#seen.push(exchange)
    this.#sees.add(exchange)
  }
}

type Tellers = Pick<ActingPorts, 'acted' | 'serverContent'>

function ownOf(event: ActedEvent): readonly ActedEvent[] {
  if (event.type === 'acted' || event.type === 'problem') return [event]
  return event.type === 'stream-message' ? event.acts.map(act => ({ type: 'acted', act })) : []
}
