import dns from 'node:dns'
import net, { type Socket } from 'node:net'
import type { NameLookup, Target } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import { connectProblem, lookupProblem, loopProblem } from '../../problem/from-system.ts'
import type { Problem } from '../../problem/problem.ts'
import { withoutRoot } from '../host-pattern.ts'
import type { Once } from '../once.ts'
import { now } from '../ports.ts'
import type { Way } from './other-proxy.ts'
import { race } from './race.ts'

export interface DialOptions {
  /** Addresses by name, or by `name:port`, asked before the system's resolver. */
  readonly hosts: ReadonlyMap<string, string>
  /** In place of whatever the target's name has. */
  readonly address?: string | undefined
  /** The one way to go, in place of those that the person wants for all. */
  readonly way?: Way | undefined
  /** ms for the TCP connection to stand */
  readonly timeout: number
  /** Told the steps as they happen. */
  readonly tell: (event: ConnectionEvent) => void
  /** True for an address that must not be dialled, because it is our own. */
  readonly forbidden: (address: string, port: number) => boolean
  /** A variable of the environment that names another proxy, which is not used. */
  readonly unusedProxy?: string | undefined
  /** Ends the dial: nobody wants the connection any more. */
  readonly givenUp?: Once
  /** Requests in clear are to be sent: an HTTP proxy on the way may be asked them itself. */
  readonly clear?: boolean
}

/** A dial that failed, with the cause and the side to blame. */
export class DialError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Looks the name up and connects; its addresses are raced. Throws DialError. */
export async function dial(target: Target, options: DialOptions): Promise<Socket> {
  const lookup = await lookUp(target, options)
  options.tell({ type: 'looked-up', ...lookup })
  const own = lookup.addresses.find(address => options.forbidden(address, target.port))
  if (own !== undefined) throw new DialError(loopProblem(target))
  return connect(target, lookup, options)
}

/** The addresses of a host, by what the person gave before the system's resolver is asked. Throws DialError. */
export async function lookUp({ host, port }: Target, options: DialOptions): Promise<NameLookup> {
  const { hosts, tell, unusedProxy, address } = options
  const startedAt = now()
  const found = (addresses: readonly string[], literal: boolean): NameLookup => ({
    name: host,
    addresses,
    startedAt,
    endedAt: now(),
    literal,
  })
  if (address !== undefined) return found([address], true)
  if (net.isIP(host)) return found([host], true)
  const name = withoutRoot(host)
  const given = givenAddress({ host, port }, hosts)
  if (given !== undefined) return found([given], true)
  if (name.endsWith('.localhost') || host === 'localhost.') return found(['127.0.0.1', '::1'], true) // RFC 6761 6.3
  try {
    const addresses = await dns.promises.lookup(host, { all: true })
    return found(
      addresses.map(({ address }) => address),
      false,
    )
  } catch (error) {
    tell({ type: 'looked-up', ...found([], false) })
    const { code, message } = error as NodeJS.ErrnoException
    throw new DialError(lookupProblem(host, code ?? message, unusedProxy))
  }
}

/** What the person gave for a target, for its port first; a name is the same with the dot of the root behind it. */
export const givenAddress = ({ host, port }: Target, hosts: DialOptions['hosts']): string | undefined => {
  const names = [host, withoutRoot(host)]
  return [...names.map(name => `${name}:${port}`), ...names]
    .map(key => hosts.get(key))
    .find(found => found !== undefined)
}

async function connect(target: Target, { addresses }: NameLookup, options: DialOptions): Promise<Socket> {
  const { port } = target
  const { tell, timeout, givenUp } = options
  tell({ type: 'dialled', at: now(), remote: { address: addresses[0] ?? '', port } })
  try {
    const socket = await race(addresses, { port, timeout, givenUp })
    tell({
      type: 'connected',
      at: now(),
      local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
      remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
    })
    return socket
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new DialError(connectProblem(target, code ?? message, proxyPassedBy(addresses, options)))
  }
}

/** Another proxy would not have led to this machine either. */
const proxyPassedBy = (addresses: readonly string[], { unusedProxy }: DialOptions): string | undefined =>
  addresses.every(address => loopback.check(address, net.isIPv6(address) ? 'ipv6' : 'ipv4')) ? undefined : unusedProxy

const loopback = new net.BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** The server took the connection and reset it before anything was said. */
export const resetAtOnce = (target: Target): Problem => connectProblem(target, 'ECONNRESET')
