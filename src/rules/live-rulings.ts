import type { Claims } from './claims.ts'
import type { ConnectionFacts, Rulings } from './rulings.ts'

/** Rulings that may be replaced by others at any time; connections that are open already go by the new ones at once. */
export interface LiveRulings extends Rulings {
  replace(rulings: Rulings | undefined): void
  /** Calls back after every replacement. Returns how to stop. */
  onReplaced(listener: () => void): () => void
}

export function liveRulings(first?: Rulings): LiveRulings {
  let current = first
  const listeners = new Set<() => void>()
  return {
    connection: facts => current?.connection(facts),
    claims(facts) {
      const claims = current?.claims(facts)
      return claims && followed(claims, facts)
    },
    replace(rulings) {
      current = rulings
      for (const listener of listeners) listener()
    },
    onReplaced(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  function followed(claims: Claims, facts: ConnectionFacts): Claims {
    let of = current
    let now: Claims | undefined = claims
    const latest = (): Claims | undefined => {
      if (of !== current) {
        of = current
        now = current?.claims(facts)
      }
      return now
    }
    return {
      request: (exchange, head) => latest()?.request(exchange, head),
      response: (exchange, request, head) => latest()?.response(exchange, request, head),
      webSocket: (exchange, request) => latest()?.webSocket(exchange, request),
      over: exchange => now?.over?.(exchange),
    }
  }
}
