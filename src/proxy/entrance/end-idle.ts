import type { ContentTap } from '../socket/content-tap.ts'

const quietRounds = 5 // times the patience with a head: what browsers keep a connection for

/**
 * Ends a client's connection on which nothing has happened for long and nothing is asked: `hello` ms into a head, five
 * times that between requests. Returns what stops the watch.
 */
export function endIdle(client: ContentTap, isIdle: () => boolean, { hello }: { readonly hello: number }): () => void {
  let seen = client.received
  let rounds = 0
  const look = (): void => {
    const quiet = client.received === seen && isIdle()
    seen = client.received
    rounds = quiet ? rounds + 1 : 0
    if (rounds >= (client.received === 0 ? 1 : quietRounds)) client.destroySoon()
  }
  const timer = setInterval(look, hello)
  timer.unref()
  client.once('close', () => clearInterval(timer))
  return () => clearInterval(timer)
}
