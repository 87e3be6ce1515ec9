/** Bodies of requests until their responses come, by exchange. */
export interface KeptBodies {
  keep(exchange: number, body: Uint8Array): void
  /** Undefined where it was not kept. */
  take(exchange: number): Uint8Array | undefined
  forget(exchange: number): void
}

const mostBytes = 32 * 1024 * 1024

/** Over `most` bytes those that came first go: their responses are judged without. */
export function keepBodies(most = mostBytes): KeptBodies {
  const bodies = new Map<number, Uint8Array>()
  let held = 0
  function forget(exchange: number): void {
    held -= bodies.get(exchange)?.length ?? 0
    bodies.delete(exchange)
  }
  return {
    keep(exchange, body) {
      forget(exchange)
      bodies.set(exchange, body)
      held += body.length
      for (const oldest of bodies.keys()) {
        if (held <= most) break
        forget(oldest)
      }
    },
    take: exchange => bodies.get(exchange),
    forget,
  }
}
