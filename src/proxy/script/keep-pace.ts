import type { IncomingMessage, OutgoingMessage } from 'node:http'

/**
 * Called when a chunk has been written: reads no faster than that, which http-mitm-proxy does not see to.
 * Asks the socket, because Node's client does not say `drain` any more once it has the whole answer.
 */
export function keepPace(from: IncomingMessage, to: OutgoingMessage): void {
  const { socket } = to
  const full = socket ?? to
  if (!full.writableNeedDrain || from.isPaused()) return
  const ends = [socket ? 'drain' : 'socket', 'close'] // a message without one waits for its turn, or for the dial
  const goOn = (): void => {
    for (const end of ends) full.off(end, goOn)
    from.resume()
  }
  for (const end of ends) full.on(end, goOn)
  from.pause()
}
