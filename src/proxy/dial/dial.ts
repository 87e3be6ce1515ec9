import dns from 'node:dns'
import net, { type Socket } from 'node:net'
import type { NameLookup, Target } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import { connectProblem, lookupProblem, loopProblem } from '../../problem/from-system.ts'
import type { Problem } from '../../problem/problem.ts'
import { now } from '../ports.ts'
import { UpstreamSocket } from '../socket/upstream-socket.ts'

export interface DialOptions {
  /** Addresses by name, asked before the system's resolver. */
  readonly hosts: ReadonlyMap<string, string>
  /** ms for the TCP connection to stand */
  readonly timeout: number
  /** Told the steps as they happen. */
  readonly tell: (event: ConnectionEvent) => void
  /** True for an address that must not be dialled, because it is our own. */
  readonly forbidden: (address: string, port: number) => boolean
  /** Ends the dial: nobody wants the connection any more. */
  readonly signal?: AbortSignal
}

/** A dial that failed, with the cause and the side to blame. */
export class DialError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Looks the name up and connects; the first address that answers wins (RFC 8305). Throws DialError. */
export async function dial(target: Target, options: DialOptions): Promise<Socket> {
  const lookup = await lookUp(target, options)
  options.tell({ type: 'looked-up', ...lookup })
  const own = lookup.addresses.find(address => options.forbidden(address, target.port))
  if (own !== undefined) throw new DialError(loopProblem(target))
  return connect(target, lookup, options)
}

async function lookUp({ host }: Target, { hosts, tell }: DialOptions): Promise<NameLookup> {
  const startedAt = now()
  const found = (addresses: readonly string[], literal: boolean): NameLookup => ({
    name: host,
    addresses,
    startedAt,
    endedAt: now(),
    literal,
  })
  if (net.isIP(host)) return found([host], true)
  const given = hosts.get(host)
  if (given !== undefined) return found([given], true)
  if (host.endsWith('.localhost')) return found(['127.0.0.1', '::1'], true) // RFC 6761 6.3
  try {
    const addresses = await dns.promises.lookup(host, { all: true })
    return found(
      addresses.map(({ address }) => address),
      false,
    )
  } catch (error) {
    tell({ type: 'looked-up', ...found([], false) })
    const { code, message } = error as NodeJS.ErrnoException
    throw new DialError(lookupProblem(host, code ?? message))
  }
}

function connect(target: Target, lookup: NameLookup, { tell, timeout, signal }: DialOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const addresses = lookup.addresses.map(address => ({ address, family: net.isIP(address) }))
    tell({ type: 'dialled', at: now(), remote: { address: addresses[0]?.address ?? '', port: target.port } })
    const socket = new UpstreamSocket().connect({
      host: target.host,
      port: target.port,
      autoSelectFamily: addresses.length > 1,
      lookup: (_host, options, done) => {
        if (options.all) done(null, addresses)
        else done(null, addresses[0]!.address, addresses[0]!.family)
      },
    })
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })),
      timeout,
    )
    const giveUp = (): void => void socket.destroy(Object.assign(new Error('given up'), { code: 'ECANCELED' }))
    if (signal?.aborted) giveUp()
    else signal?.addEventListener('abort', giveUp, { once: true })
    socket.once('connect', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      socket.removeAllListeners('error')
      socket.on('error', () => {}) // until a tap listens
      tell({
        type: 'connected',
        at: now(),
        local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
        remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
      })
      resolve(socket)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(new DialError(connectProblem(target, error.code ?? error.message)))
    })
  })
}

/** The server took the connection and reset it before anything was said. */
export const resetAtOnce = (target: Target): Problem => connectProblem(target, 'ECONNRESET')
