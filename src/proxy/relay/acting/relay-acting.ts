import type { Duplex } from 'node:stream'
import type { Direction } from '../../../model/party.ts'
import type { Break } from '../../../rules/verdict.ts'
import { now } from '../../ports.ts'
import { destroySoon } from '../../socket/destroy-soon.ts'
import { HalfClosed } from '../half-closed.ts'
import { bothClosed, firstOf, lanesOf, type RelayOptions, type Talked, watchFailures } from '../legs.ts'
import type { ActingCore, ActingPorts } from './core.ts'
import type { CoreOf } from './core-for.ts'

export interface ActingOptions extends RelayOptions {
  /** What acts, once it is told how. */
  readonly coreOf: CoreOf
  /** Breaks off both legs, as a peer that has crashed does. */
  readonly reset: () => void
  readonly elsewhere: ActingPorts['elsewhere']
}

/**
 * Moves bytes between both legs and what acts on them, with back-pressure and half-close. The tape gets the content of the
 * client leg, and what the server's side has of its own. Resolves when both sides are closed; rejects
 * where what acts fails, which nobody else should have to do with.
 */
export function relayActing(options: ActingOptions): Promise<void> {
  const { client, upstream, tape, connection, patience, elsewhere, coreOf } = options
  const from: Readonly<Record<Direction, Duplex>> = { 'to-server': client, 'to-client': upstream }
  const to: Readonly<Record<Direction, Duplex>> = { 'to-server': upstream, 'to-client': client }
  const lanes = lanesOf(connection)
  const talked: Talked = { answered: false, asked: Buffer.alloc(0) }
  watchFailures(options, lanes['to-client'], talked)
  const halfClosed = new HalfClosed(() => {
    client.destroy()
    upstream.destroy()
  }, patience)
  const full = new Set<Direction>()
  const core = coreOf({
    write(direction, bytes) {
      if (direction === 'to-client') {
        talked.answered = true
        tape.content(lanes[direction], now(), bytes)
      }
      halfClosed.moved(direction)
      return !to[direction].writable || to[direction].write(bytes)
    },
    end(direction) {
      if (direction === 'to-client') tape.contentEnd(lanes[direction], now())
      halfClosed.ended(direction)
      to[direction].end()
    },
    flow(direction, reads) {
      if (reads) full.delete(direction)
      else full.add(direction)
      if (reads) from[direction].resume()
    },
    destroy: how => breakOff(options, how),
    acted: (exchange, event) => tape.acted(connection, exchange, now(), event),
    serverContent: (exchange, direction, bytes) =>
      tape.content({ connection, leg: 'upstream', direction, exchange }, now(), bytes),
    elsewhere,
  })
  const over = bothClosed(client, upstream).then(() => {
    halfClosed.over()
    core.close()
  })
  client.once('close', () => core.close()) // nobody waits for an answer
  const failed = Promise.withResolvers<never>()
  feed(client, 'to-server', core, full, failed.reject, chunk => {
    if (talked.asked.length === 0) talked.asked = firstOf(chunk)
    tape.content(lanes['to-server'], now(), chunk)
  })
  feed(upstream, 'to-client', core, full, failed.reject, () => {})
  for (const direction of ['to-server', 'to-client'] as const)
    from[direction].once('end', () => halfClosed.ended(direction)) // what is held does not hide that
  client.once('end', () => tape.contentEnd(lanes['to-server'], now()))
  upstream.on('drain', () => core.drained('to-server'))
  client.on('drain', () => core.drained('to-client'))
  return Promise.race([over, failed.promise])
}

/** What no more of is taken stops with its next piece: until then its end would still be seen. */
function feed(
  from: Duplex,
  direction: Direction,
  core: ActingCore,
  full: ReadonlySet<Direction>,
  fail: (error: unknown) => void,
  heard: (chunk: Buffer) => void,
): void {
  from.on('data', (chunk: Buffer) => {
    heard(chunk)
    const wasFull = full.has(direction)
    try {
      core.push(direction, chunk)
    } catch (error) {
      fail(error)
    }
    if (wasFull && full.has(direction)) from.pause()
  })
  const ended = (): void => core.end(direction)
  if (from.readableEnded)
    ended() // it ended before the relay began, and will not say so again
  else from.once('end', ended)
}

/** What has been written to the client goes out first. */
function breakOff({ client, upstream, reset }: ActingOptions, how: Exclude<Break, 'black-hole'>): void {
  if (how === 'reset') return void client.write('', () => setImmediate(reset))
  destroySoon(client)
  destroySoon(upstream)
}
