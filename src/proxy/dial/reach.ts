import { once } from 'node:events'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls, { type TLSSocket } from 'node:tls'
import type { Target } from '../../model/connection.ts'
import { proxyTlsFailed, unreachableProxy, unreadableProxy } from '../../problem/from-other-proxy.ts'
import { now } from '../ports.ts'
import { type AskedProxy, askedProxy } from './asked-proxy.ts'
import { askForTunnel } from './connect-client.ts'
import { DialError, type DialOptions, dial, givenAddress, lookUp } from './dial.ts'
import { type OtherProxy, viaOf, type Way } from './other-proxy.ts'
import { ProxyTalk } from './proxy-talk.ts'
import { askSocks4, askSocks5 } from './socks-client.ts'

/** A way to a server that stands. */
export interface Reached {
  readonly socket: Duplex
  /** Where the server was found; absent where another proxy finds it. */
  readonly address?: string | undefined
  /** Set where no tunnel was asked for: then it is this proxy that is asked. */
  readonly askedProxy?: AskedProxy
}

export interface Ways {
  /** The ways to a target, the first to be tried first. Throws DialError. */
  waysTo(target: Target, clear: boolean): Promise<readonly Way[]>
  /** Whether the certificate of an https proxy is verified. */
  readonly verify: boolean
}

/** Another proxy cannot be reached: the next way may be open. */
class WayClosed extends DialError {}

/** Reaches the target, directly or through another proxy, by the first way that is open. Throws DialError. */
export async function reach(target: Target, ways: Ways, options: DialOptions): Promise<Reached> {
  let closed: WayClosed | undefined
  for (const way of options.way ? [options.way] : await ways.waysTo(target, options.clear === true)) {
    try {
      return way === 'direct' ? await directly(target, options) : await through(way, target, ways, options)
    } catch (error) {
      if (!(error instanceof WayClosed)) throw error
      closed = error
    }
  }
  throw closed ?? new Error('no way was given')
}

async function directly(target: Target, options: DialOptions): Promise<Reached> {
  const socket = await dial(target, options)
  return { socket, address: socket.remoteAddress }
}

async function through(proxy: OtherProxy, target: Target, ways: Ways, options: DialOptions): Promise<Reached> {
  const { tell, timeout, givenUp, hosts, address } = options
  const socket = await dialProxy(proxy, ways, options)
  const given = address ?? givenAddress(target, hosts) // then the person wants that address, whatever the proxy knows
  if (options.clear && !given && isHttp(proxy)) return { socket, askedProxy: askedProxy(proxy, target) }
  const talk = new ProxyTalk(socket, proxy, timeout, givenUp)
  try {
    await askFor(talk, proxy, { host: given ?? target.host, port: target.port }, options)
  } catch (error) {
    talk.destroy()
    throw error instanceof DialError ? error : new DialError(unreadableProxy(proxy, (error as Error).message))
  }
  tell({ type: 'tunnelled', at: now() })
  return { socket: talk.end() }
}

const isHttp = ({ scheme }: OtherProxy): boolean => scheme === 'http' || scheme === 'https'

async function askFor(talk: ProxyTalk, proxy: OtherProxy, target: Target, options: DialOptions): Promise<void> {
  if (isHttp(proxy)) return askForTunnel(talk, proxy, target)
  if (proxy.scheme === 'socks5h') return askSocks5(talk, proxy, target)
  if (proxy.scheme === 'socks4a') return askSocks4(talk, proxy, target)
  const { addresses } = await lookUp(target, { ...options, tell: () => {} }) // the leg's own lookup is the proxy's
  if (proxy.scheme === 'socks5') return askSocks5(talk, proxy, { ...target, host: addresses[0] ?? target.host })
  const v4 = addresses.find(net.isIPv4)
  if (v4 === undefined) throw new Error('SOCKS4 knows no IPv6')
  return askSocks4(talk, proxy, { ...target, host: v4 })
}

async function dialProxy(proxy: OtherProxy, { verify }: Ways, options: DialOptions): Promise<Duplex> {
  const { tell, timeout, unusedProxy: _, address: __, ...rest } = options
  const via = viaOf(proxy)
  try {
    const socket = await dial(proxy, {
      ...rest,
      timeout,
      tell(event) {
        tell(event)
        if (event.type === 'looked-up') tell({ type: 'routed', via })
      },
    })
    return proxy.scheme === 'https' ? await secure(socket, proxy, verify, timeout) : socket
  } catch (error) {
    if (error instanceof WayClosed || !(error instanceof DialError)) throw error
    throw new WayClosed(unreachableProxy(via, error.problem))
  }
}

/** TLS to the other proxy, which is not recorded: only what passes through it is. */
async function secure(socket: Duplex, proxy: OtherProxy, verify: boolean, timeout: number): Promise<TLSSocket> {
  const { host } = proxy
  const secured = tls.connect({
    socket,
    host,
    ...(net.isIP(host) ? {} : { servername: host }),
    rejectUnauthorized: verify,
    ALPNProtocols: ['http/1.1'],
  })
  try {
    await once(secured, 'secureConnect', { signal: AbortSignal.timeout(timeout) })
    return secured
  } catch (error) {
    secured.on('error', () => {}).destroy()
    socket.destroy()
    throw new WayClosed(proxyTlsFailed(viaOf(proxy), error as Error))
  }
}
