import type { Break } from '../../../../rules/verdict.ts'
import type { Half, Stream } from './stream.ts'
import { errors, giveBack, resetAt, type Talk } from './talk.ts'

/** END_STREAM has gone on in this direction. */
export function halfDone(talk: Talk, half: Half): void {
  half.done = true
  half.stop = undefined
  talk.paths[half.direction].waiting.delete(half)
  const { stream } = half
  if (half === stream.toClient && stream.resetAfter !== undefined) {
    resetAt(talk, stream, 'to-client', stream.resetAfter)
    forget(talk, stream, false)
  } else if (stream.toServer.done && stream.toClient.done) forget(talk, stream, stream.server === 0)
}

/** What waits is dropped, and whoever waits for it is told. */
export function drop(talk: Talk, half: Half): void {
  const { held, stop, wake } = half
  half.held = undefined
  half.stop = undefined
  half.wake = undefined
  half.mode = 'swallow'
  clearTimeout(half.timer)
  talk.paths[half.direction].waiting.delete(half)
  for (const item of half.items)
    if (item.type === 'data') {
      half.window.free(item.kept)
      talk.paths[half.direction].window.free(item.keptOfConnection)
    }
  half.items.length = 0
  giveBack(talk, half)
  half.through?.close()
  half.through = undefined
  held?.gone()
  stop?.()
  wake?.()
}

/** The stream is over on both sides. `hidden`: frames of it that still come are for nobody. */
export function forget(talk: Talk, stream: Stream, hidden: boolean): void {
  if (stream.over) return
  stream.over = true
  if (hidden) talk.forgotten.add(stream.id)
  drop(talk, stream.toServer)
  drop(talk, stream.toClient)
  talk.streams.delete(stream.id)
  talk.claims.over?.(stream.id)
}

const codes = { reset: errors.cancel, close: errors.noError } as const

/**
 * Ends a stream before it is whole: by RST_STREAM to whoever knows it, CANCEL for a reset and NO_ERROR for a close, which
 * HTTP/2 has not for one stream; or it just says no more.
 */
export function breakOff(talk: Talk, stream: Stream, how: Break): void {
  if (how === 'black-hole') {
    drop(talk, stream.toServer)
    drop(talk, stream.toClient)
    return
  }
  for (const direction of ['to-server', 'to-client'] as const) resetAt(talk, stream, direction, codes[how])
  forget(talk, stream, true)
}

/** Ends a stream whose sender minds no window (RFC 9113 6.9.1). */
export function overran(talk: Talk, stream: Stream): void {
  for (const direction of ['to-server', 'to-client'] as const) resetAt(talk, stream, direction, errors.flowControlError)
  forget(talk, stream, true)
}
