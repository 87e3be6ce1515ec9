import type { ContentTap } from '../socket/content-tap.ts'

const quietRounds = 5 // times the patience with a head: what browsers keep a connection for

/** What is known of a client's requests. */
export interface Asking {
  /** Nothing is asked of any origin. */
  readonly idle: boolean
  /** Bytes of a head that is not whole. */
  readonly held: number
  /** Heads that came whole. */
  readonly heads: number
}

export interface Endings {
  readonly hello: number
  /** A head takes too long. */
  readonly late: () => void
}

/**
 * Ends a client's connection on which nothing has happened for long: for `hello` ms before its first head, or after its
 * own end, for five times that between requests. Calls `late` for a head that is not whole after `hello` ms, or twice
 * that, however its bytes trickle in. Returns what stops the watch.
 */
export function endIdle(client: ContentTap, asking: Asking, { hello, late }: Endings): () => void {
  let seen = 0
  let heads: number | undefined
  let rounds = 0
  const look = (): void => {
    const moved = client.received + client.sent
    const quiet = moved === seen && (asking.idle || client.readableEnded)
    seen = moved
    rounds = quiet ? rounds + 1 : 0
    const isLate = asking.idle && asking.held > 0 && heads === asking.heads
    heads = asking.held > 0 ? asking.heads : undefined
    if (isLate) late()
    else if (rounds >= (client.received === 0 || client.readableEnded ? 1 : quietRounds)) client.destroySoon()
  }
  const timer = setInterval(look, hello)
  timer.unref()
  client.once('close', () => clearInterval(timer))
  return () => clearInterval(timer)
}
