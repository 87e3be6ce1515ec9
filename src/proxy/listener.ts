import net from 'node:net'
import os from 'node:os'
import type { ConnectionId } from '../model/connection.ts'
import type { Rulings } from '../rules/rulings.ts'
import { openNowhere } from './dial/nowhere.ts'
import { reach } from './dial/reach.ts'
import { ServiceLookup } from './dial/service-lookup.ts'
import { waysOf } from './dial/ways.ts'
import { type Door, type DoorOptions, openDoor } from './door.ts'
import { accessOf, isOpenToOthers } from './entrance/access.ts'
import type { Surroundings } from './entrance/descriptors.ts'
import { receive, receiveFor, receiveRedirected } from './entrance/front.ts'
import { type Enter, Hall } from './entrance/hall.ts'
import { Lobby } from './entrance/lobby.ts'
import { Mirror } from './hello/mirror.ts'
import { defaultMinTls } from './hello/versions.ts'
import { ClientContexts } from './leg/client-contexts.ts'
import { ExactTls } from './leg/exact/exact-tls.ts'
import { Resumption } from './leg/resumption.ts'
import type { Sender } from './own/own-request.ts'
import { openSender } from './own/sender.ts'
import { type LeafSource, now, type Tape } from './ports.ts'
import { OpenRelays, type Pause } from './relay/open-relays.ts'
import type { Script, Scripts } from './script/script.ts'
import type { ProxyOptions, Services } from './services.ts'
import type { SiteFacts } from './site/facts.ts'
import { openSite } from './site/open-site.ts'
import { isSiteHost } from './site/site-host.ts'

export interface Listener {
  readonly host: string
  readonly port: number
  /** Where it listens in the place of servers, in the order of the options. */
  readonly reverse: readonly { readonly host: string; readonly port: number }[]
  /** Patterns of the hosts whose TLS is not opened. */
  readonly passedThrough: ReadonlySet<string>
  /** From now on, connections to hosts of this pattern are not opened. */
  passThrough(host: string): void
  /** From now on, this pattern keeps no connection closed any more. */
  observe(host: string): void
  /** The recorder has read up to a probe. */
  paused(connection: ConnectionId, probe: number, pause: Pause): void
  /** Sends a request of Parley's own. */
  readonly send: Sender['send']
  /** What is to be done to traffic has changed: connections that it is about now make room for others. Returns how many. */
  reconsider(): number
  /** Whether an address is where it listens. */
  readonly isOurs: Services['isOurs']
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
  rulings?: Rulings,
): Promise<Listener> {
  const scripts = own.length > 0 ? await runScripts(own, options) : undefined
  const passThrough = new Set(options.passThrough)
  const doors: Door[] = []
  const isOurs: Services['isOurs'] = (address, port) => doors.some(door => leadsTo(door, address, port))
  const place = { isOurs, listens: () => pick(doors[0]!), since: now() }
  const services = servicesFor(options, tape, leaves, { ...place, passThrough, scripts, rulings })
  const hall = new Hall(services, surroundings)
  try {
    for (const way of waysIn(options, surroundings))
      doors.push(
        await openDoor({
          ...way,
          accept: socket => hall.accept(socket, way.enter),
          trouble: text => surroundings.trouble?.(text),
        }),
      )
  } catch (error) {
    for (const door of doors) void door.close()
    throw error
  }
  const [first, ...others] = doors
  return {
    ...pick(first!),
    reverse: others.slice(0, options.reverse?.length ?? 0).map(pick),
    passedThrough: passThrough,
    passThrough: host => void passThrough.add(host.toLowerCase()),
    observe(host) {
      for (const pattern of passThrough) if (pattern.toLowerCase() === host.toLowerCase()) passThrough.delete(pattern)
    },
    paused: (connection, probe, pause) => services.openRelays.answer(connection, probe, pause),
    send: services.sender.send,
    isOurs,
    reconsider: () => (services.rulings ? services.openRelays.reconsider(services.rulings).length : 0),
    close: async () => {
      services.sender.close()
      const closed = Promise.all(doors.map(door => door.close()))
      hall.clear()
      await closed
      await Promise.race([
        Promise.all(services.tunnels),
        new Promise(resolve => setTimeout(resolve, lastWords).unref()),
      ])
    },
  }
}

const pick = ({ host, port }: Door): { readonly host: string; readonly port: number } => ({ host, port })

/** An address to listen on, and what becomes of who comes there. */
interface Way extends Pick<DoorOptions, 'at' | 'mayBeOpen'> {
  readonly enter: Enter
}

const waysIn = (options: ProxyOptions, { originalTarget = () => undefined }: Surroundings): readonly Way[] => [
  forward(options),
  ...(options.reverse ?? []).map(({ listen, server }) => unasked(options, listen, receiveFor(server))),
  ...(options.transparent ? [unasked(options, options.transparent, receiveRedirected(originalTarget))] : []),
]

const forward = ({ listen: at, access }: ProxyOptions): Way => ({
  at,
  mayBeOpen: host => !isOpenToOthers(host, access),
  enter: receive,
})

/** Who comes here knows of no proxy, and gives it no credentials. */
const unasked = ({ access }: ProxyOptions, at: Way['at'], enter: Enter): Way => ({
  at,
  mayBeOpen: host => !isOpenToOthers(host, { allow: access?.allow ?? [], localTargets: false }),
  enter,
})

/** What depends on where and when the proxy begins to listen. */
type Own = Pick<Services, 'passThrough' | 'isOurs' | 'scripts' | 'rulings'> & Pick<SiteFacts, 'listens' | 'since'>

/** What all connections share, made from the options. */
export function servicesFor(
  options: ProxyOptions,
  tape: Tape,
  leaves: LeafSource,
  { listens, since, passThrough, isOurs, scripts, rulings }: Own,
): Services {
  const { minTls = defaultMinTls } = options
  const ways = waysOf(options.waysOut, options.verifyUpstream, options.timeouts.dial)
  const resumption = new Resumption()
  const access = accessOf(options.access)
  const site = { listens, since, passThrough, isOurs, guarded: access.asks, leaves }
  const outward: Services['dial'] = (target, wishes) =>
    reach(target, ways, { ...wishes, unusedProxy: options.unusedProxy })
  let lastConnection = 0
  const services: Services = {
    options,
    tape,
    leaves,
    mirror: new Mirror(options.mirror, minTls),
    exact: options.tlsClient === 'openssl' ? undefined : new ExactTls(options.tlsClient ?? 'auto'),
    clientContexts: new ClientContexts(minTls, resumption),
    resumption,
    dial: async (target, wishes) =>
      isSiteHost(target.host)
        ? { socket: await openSite(site) }
        : options.offline
          ? { socket: await openNowhere() }
          : outward(target, wishes),
    serviceLookup: options.httpsRecords ? new ServiceLookup() : undefined,
    passThrough,
    isOurs,
    scripts,
    rulings,
    site,
    openRelays: new OpenRelays((id, event) => tape.event(id, now(), event)),
    sender: openSender(() => (options.offline ? { ...services, dial: outward } : services)),
    lobby: new Lobby(),
    access,
    nextConnection: () => ++lastConnection,
    tunnels: new Set(),
  }
  return services
}

/** Loads http-mitm-proxy, which nothing else needs. */
async function runScripts(own: readonly Script[], { authorityFolder, timeouts }: ProxyOptions): Promise<Scripts> {
  const { openScripts } = await import('./script/engine.ts')
  return openScripts(own, { authorityFolder, patience: timeouts.dial })
}

/** Whether an address and port lead back to a door; an IPv4 address in the form of IPv6 as the address itself. */
function leadsTo({ host, port }: Door, address: string, at: number): boolean {
  if (at !== port || net.isIP(address) === 0) return false
  return ownAddresses(host).check(address, familyOf(address))
}

function ownAddresses(host: string): net.BlockList {
  const own = new net.BlockList()
  const add = (address: string): void => own.addAddress(address, familyOf(address))
  const unspecified = ['0.0.0.0', '::']
  for (const address of [host, ...unspecified]) add(address)
  if (unspecified.includes(host)) {
    own.addSubnet('127.0.0.0', 8)
    for (const { address } of Object.values(os.networkInterfaces()).flatMap(all => all ?? [])) add(address)
  }
  return own
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (net.isIPv6(address) ? 'ipv6' : 'ipv4')
