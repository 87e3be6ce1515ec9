import type { Duplex } from 'node:stream'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import { destroySoon } from '../socket/destroy-soon.ts'
import { HalfClosed } from './half-closed.ts'
import { bothClosed, firstOf, lanesOf, type QuietEnd, type RelayOptions, type Talked, watchFailures } from './legs.ts'

export type { RelayOptions } from './legs.ts'

export interface VerbatimOptions extends RelayOptions {
  /** Told how to end it at a quiet moment. Returns what to call when it is over. */
  readonly opened?: ((relay: QuietEnd) => () => void) | undefined
}

/**
 * Forwards both directions as they come, with back-pressure and half-close; the tape gets a copy.
 * Resolves when both sides are closed.
 */
export function relayVerbatim(options: VerbatimOptions): Promise<void> {
  const { client, upstream, tape, connection, patience, opened } = options
  const talked: Talked = { answered: false, asked: Buffer.alloc(0) }
  const lanes = lanesOf(connection)
  watchFailures(options, lanes['to-client'], talked)
  const halfClosed = new HalfClosed(() => {
    client.destroy()
    upstream.destroy()
  }, patience)
  let passed = 0
  const closed = opened?.({
    passed: () => passed,
    say(bytes) {
      tape.content(lanes['to-client'], now(), bytes)
      client.write(bytes)
    },
    end() {
      for (const leg of [client, upstream]) destroySoon(leg)
    },
  })
  const over = bothClosed(client, upstream).then(() => {
    halfClosed.over()
    closed?.()
  })
  forward(client, upstream, tape, lanes['to-server'], halfClosed, chunk => {
    passed += chunk.length
    if (talked.asked.length === 0) talked.asked = firstOf(chunk)
  })
  forward(upstream, client, tape, lanes['to-client'], halfClosed, chunk => {
    passed += chunk.length
    talked.answered = true
  })
  return over
}

function forward(
  from: Duplex,
  to: Duplex,
  tape: Tape,
  lane: Lane,
  halfClosed: HalfClosed,
  heard: (chunk: Buffer) => void,
): void {
  const resume = (): void => {
    from.resume()
  }
  from.on('data', (chunk: Buffer) => {
    heard(chunk)
    halfClosed.moved(lane.direction)
    tape.content(lane, now(), chunk)
    if (to.write(chunk)) return
    from.pause()
    to.once('drain', resume)
  })
  const ended = (): void => {
    tape.contentEnd(lane, now())
    halfClosed.ended(lane.direction)
    to.end()
  }
  if (from.readableEnded)
    ended() // it ended before the relay began, and will not say so again
  else from.once('end', ended)
}
