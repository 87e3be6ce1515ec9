import net from 'node:net'
import type { Once } from '../once.ts'
import { UpstreamSocket } from '../socket/upstream-socket.ts'

const attemptDelay = 250 // ms, RFC 8305 5
const hopeless: ReadonlySet<string | undefined> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])

export interface RaceOptions {
  readonly port: number
  /** ms for a connection to stand */
  readonly timeout: number
  /** Ends the race: nobody wants the connection any more. */
  readonly givenUp?: Once | undefined
  /** Begins to connect. */
  readonly open?: (address: string, port: number) => UpstreamSocket
}

const connecting = (host: string, port: number): UpstreamSocket =>
  new UpstreamSocket().connect({ host, port }) as UpstreamSocket

/**
 * Dials addresses as RFC 8305 5 says: the next one starts when the one before has failed or has taken 250 ms, and none is
 * given up before another stands. Rejects with the system's code: ETIMEDOUT where time ran out, ECANCELED where it
 * was given up, else that of the first address that could be reached at all.
 */
export function race(
  addresses: readonly string[],
  { port, timeout, givenUp, open = connecting }: RaceOptions,
): Promise<UpstreamSocket> {
  return new Promise((resolve, reject) => {
    const waiting = byTurns(addresses)
    const running = new Set<UpstreamSocket>()
    const failures: NodeJS.ErrnoException[] = []
    let next: NodeJS.Timeout | undefined
    const settle = (): void => {
      clearTimeout(next)
      clearTimeout(last)
      givenUp?.off(cancelled)
      for (const socket of running) socket.destroy()
    }
    const fail = (error: NodeJS.ErrnoException): void => {
      settle()
      reject(error)
    }
    const cancelled = (): void => fail(failure('ECANCELED'))
    const attempt = (): void => {
      clearTimeout(next)
      const address = waiting.shift()
      if (address === undefined) return
      if (waiting.length > 0) next = setTimeout(attempt, attemptDelay)
      const socket = open(address, port)
      running.add(socket)
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (!running.delete(socket)) return // an error after the race is the tap's
        failures.push(error)
        if (waiting.length > 0) attempt()
        else if (running.size === 0) fail(mostTelling(failures))
      })
      socket.once('connect', () => {
        running.delete(socket)
        settle()
        resolve(socket)
      })
    }
    const last = setTimeout(() => fail(failure('ETIMEDOUT')), timeout)
    if (givenUp?.happened) return cancelled()
    givenUp?.on(cancelled)
    attempt()
  })
}

/** Families take turns, beginning with that of the first address (RFC 8305 4). */
export function byTurns(addresses: readonly string[]): string[] {
  const family = net.isIP(addresses[0] ?? '')
  const own = addresses.filter(address => net.isIP(address) === family)
  const other = addresses.filter(address => net.isIP(address) !== family)
  return own.flatMap((address, index) => [address, ...other.slice(index, index + 1)]).concat(other.slice(own.length))
}

const mostTelling = (failures: readonly NodeJS.ErrnoException[]): NodeJS.ErrnoException =>
  failures.find(({ code }) => !hopeless.has(code)) ?? failures[0]!

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code })
