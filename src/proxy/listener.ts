import net, { type Server, type Socket } from 'node:net'
import os from 'node:os'
import { problemOf } from '../problem/problem.ts'
import { dial } from './dial/dial.ts'
import { accessOf, isOpenToOthers } from './entrance/access.ts'
import { DescriptorWatch, type Surroundings } from './entrance/descriptors.ts'
import { receive } from './entrance/front.ts'
import { Lobby } from './entrance/lobby.ts'
import { shutOut, turnAway } from './entrance/refuse.ts'
import { Mirror } from './hello/mirror.ts'
import { defaultMinTls } from './hello/versions.ts'
import { ClientContexts } from './leg/client-contexts.ts'
import { Resumption } from './leg/resumption.ts'
import { type LeafSource, now, type Tape } from './ports.ts'
import type { Script, Scripts } from './script/script.ts'
import type { ProxyOptions, Services } from './services.ts'
import { readShared } from './socket/shared-read.ts'

export interface Listener {
  readonly host: string
  readonly port: number
  /** Patterns of the hosts whose TLS is not opened. */
  readonly passedThrough: ReadonlySet<string>
  /** From now on, connections to hosts of this pattern are not opened. */
  passThrough(host: string): void
  /** From now on, this pattern keeps no connection closed any more. */
  observe(host: string): void
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

const lastWords = 500 // ms for tunnels to tell how they ended; their sockets are gone

/**
 * Opens the proxy's door. Rejects with Node's error where the address cannot be listened on (EADDRINUSE, EACCES), and with
 * OPEN_TO_OTHERS where others could reach it and nothing says who may, or a MountError where a script throws.
 */
export async function listen(
  options: ProxyOptions,
  tape: Tape,
  leaves: LeafSource,
  surroundings: Surroundings = {},
  own: readonly Script[] = [],
): Promise<Listener> {
  const scripts = own.length > 0 ? await runScripts(own, options) : undefined
  const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true })
  const { port, host } = await bind(server, options.listen)
  if (isOpenToOthers(host, options.access)) {
    server.close()
    throw Object.assign(new Error(`${host} can be reached from other machines`), { code: 'OPEN_TO_OTHERS' })
  }
  const passThrough = new Set(options.passThrough)
  const services = servicesFor(options, tape, leaves, { passThrough, isOurs: ours(host, port), scripts })
  const sockets = new Set<Socket>()
  const descriptors = new DescriptorWatch(surroundings)
  server.on('error', ({ message }) => surroundings.trouble?.(`a client could not be accepted: ${message}`))
  server.on('connection', accepted => {
    if (!services.access.admits(accepted.remoteAddress ?? '')) return shutOut(accepted)
    const refused = descriptors.isShort(accepted, sockets.size) && !services.lobby.dismiss()
    const socket = readShared(accepted)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const connection = services.nextConnection()
    const at = now()
    const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    const remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    tape.event(connection, at, { type: 'opened', at, local, remote })
    if (refused) turnAway(services, socket, connection, problemOf('proxy/no-descriptors'))
    else receive(services, socket, connection, { local, remote })
  })
  return {
    host,
    port,
    passedThrough: passThrough,
    passThrough: host => void passThrough.add(host.toLowerCase()),
    observe(host) {
      for (const pattern of passThrough) if (pattern.toLowerCase() === host.toLowerCase()) passThrough.delete(pattern)
    },
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      await Promise.race([
        Promise.all(services.tunnels),
        new Promise(resolve => setTimeout(resolve, lastWords).unref()),
      ])
    },
  }
}

/** What all connections share, made from the options. `own` is what depends on where the proxy listens. */
export function servicesFor(
  options: ProxyOptions,
  tape: Tape,
  leaves: LeafSource,
  own: Pick<Services, 'passThrough' | 'isOurs' | 'scripts'>,
): Services {
  const { minTls = defaultMinTls } = options
  const resumption = new Resumption()
  let lastConnection = 0
  return {
    options,
    tape,
    leaves,
    mirror: new Mirror(options.mirror, minTls),
    clientContexts: new ClientContexts(minTls, resumption),
    resumption,
    dial: (target, wishes) => dial(target, { ...wishes, unusedProxy: options.unusedProxy }),
    ...own,
    lobby: new Lobby(),
    access: accessOf(options.access),
    nextConnection: () => ++lastConnection,
    tunnels: new Set(),
  }
}

/** Loads http-mitm-proxy, which nothing else needs. */
async function runScripts(own: readonly Script[], { authorityFolder, timeouts }: ProxyOptions): Promise<Scripts> {
  const { openScripts } = await import('./script/engine.ts')
  return openScripts(own, { authorityFolder, patience: timeouts.dial })
}

function bind(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, mostPending, () => {
      server.off('error', reject)
      const address = server.address() as net.AddressInfo
      resolve({ host: address.address, port: address.port })
    })
  })
}

/** Clients that the kernel lets wait; Node's own 511 turns many away that come at once. The kernel has a limit, too. */
const mostPending = 4096

/** Whether an address and port lead back to this listener; an IPv4 address in the form of IPv6 as the address itself. */
function ours(host: string, port: number): Services['isOurs'] {
  const own = new net.BlockList()
  const add = (address: string): void => own.addAddress(address, familyOf(address))
  const unspecified = ['0.0.0.0', '::']
  for (const address of [host, ...unspecified]) add(address)
  if (unspecified.includes(host)) {
    own.addSubnet('127.0.0.0', 8)
    for (const { address } of Object.values(os.networkInterfaces()).flatMap(all => all ?? [])) add(address)
  }
  return (address, at) => at === port && net.isIP(address) > 0 && own.check(address, familyOf(address))
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (net.isIPv6(address) ? 'ipv6' : 'ipv4')
