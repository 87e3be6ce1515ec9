import net from 'node:net'
import type { Target } from '../../model/connection.ts'
import { proxyWantsCredentials, socks4Refused, socks5Refused, unreadableProxy } from '../../problem/from-other-proxy.ts'
import { DialError } from './dial.ts'
import type { Credentials, OtherProxy } from './other-proxy.ts'
import type { LengthOf, ProxyTalk } from './proxy-talk.ts'

const connect = 1
const [noneNeeded, userAndPassword, noneAcceptable] = [0, 2, 255]

/** Asks a SOCKS5 proxy for a connection (RFC 1928), with user and password where there are any (RFC 1929). Throws DialError. */
export async function askSocks5(talk: ProxyTalk, proxy: OtherProxy, target: Target): Promise<void> {
  const { credentials } = proxy
  const methods = credentials ? [noneNeeded, userAndPassword] : [noneNeeded]
  const [, method] = await talk.ask(Buffer.from([5, methods.length, ...methods]), ofVersion(5, 2))
  if (method === noneAcceptable)
    throw new DialError(proxyWantsCredentials(proxy, 'none of the methods that Parley has'))
  if (method === userAndPassword && credentials) await signIn(talk, proxy, credentials)
  else if (method !== noneNeeded) throw new DialError(unreadableProxy(proxy, `the method ${method} was not offered`))
  const request = Buffer.concat([Buffer.from([5, connect, 0]), addressOf(target.host), portOf(target)])
  const [, reply = 1] = await talk.ask(request, reply5Length)
  if (reply !== 0) throw new DialError(socks5Refused(proxy, reply))
}

async function signIn(talk: ProxyTalk, proxy: OtherProxy, { user, password }: Credentials): Promise<void> {
  const words = [user, password].map(word => short(Buffer.from(word), 'user and password'))
  const [, status] = await talk.ask(Buffer.concat([Buffer.from([1]), ...words]), ofVersion(1, 2))
  if (status !== 0) throw new DialError(proxyWantsCredentials(proxy, `it answered ${status} to the user and password`))
}

/** RFC 1928 5: IPv4, a name, or IPv6. */
function addressOf(host: string): Buffer {
  if (net.isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)])
  if (net.isIPv6(host)) return Buffer.from([4, ...ipv6Bytes(host)])
  return Buffer.concat([Buffer.from([3]), short(nameBytes(host), 'the name')])
}

/** Where a zero ends it, a name with one in it would be another name. */
function nameBytes(name: string): Buffer {
  if (name.includes('\0')) throw new Error('a name with a zero in it')
  return Buffer.from(name)
}

/** Behind its length. */
function short(bytes: Buffer, what: string): Buffer {
  if (bytes.length > 255) throw new Error(`${what}: more than SOCKS can say`)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

const portOf = ({ port }: Target): Buffer => Buffer.from([port >> 8, port & 255])

/** RFC 4291 2.2, an IPv4 address at the end and a zone among it. */
export function ipv6Bytes(address: string): readonly number[] {
  const text = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = text.split('::', 2)
  const groupsOf = (part: string): number[] =>
    part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16))
  const [before, after] = [groupsOf(head), tail === undefined ? [] : groupsOf(tail)]
  const zeros = Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0)
  return [...before, ...zeros, ...after].flatMap(group => [group >> 8, group & 255])
}

const ofVersion =
  (version: number, length: number): LengthOf =>
  bytes => {
    if (bytes.length > 0 && bytes[0] !== version) throw new Error(`no SOCKS: version ${bytes[0]}`)
    return bytes.length < length ? undefined : length
  }

/** RFC 1928 6: its length depends on the kind of address in it. */
export const reply5Length: LengthOf = bytes => {
  if (ofVersion(5, 2)(bytes) === undefined) return undefined
  if (bytes[1] !== 0 && bytes.length < 10) return 2 // some proxies refuse in fewer bytes, and hang up
  if (bytes.length < 5) return undefined
  const address = { 1: 4, 3: 1 + bytes[4]!, 4: 16 }[bytes[3]!]
  if (address === undefined) throw new Error(`no address has the type ${bytes[3]}`)
  const length = 4 + address + 2
  return bytes.length < length ? undefined : length
}

const granted = 90

/** Asks a SOCKS4 proxy; a name goes to one that takes it (SOCKS4A: behind the address 0.0.0.1). Throws DialError. */
export async function askSocks4(talk: ProxyTalk, proxy: OtherProxy, target: Target): Promise<void> {
  const isAddress = net.isIPv4(target.host)
  const address = isAddress ? target.host.split('.').map(Number) : [0, 0, 0, 1]
  const request = Buffer.concat([
    Buffer.from([4, connect]),
    portOf(target),
    Buffer.from(address),
    nameBytes(proxy.credentials?.user ?? ''),
    Buffer.from([0]),
    ...(isAddress ? [] : [nameBytes(target.host), Buffer.from([0])]),
  ])
  const [, reply = 91] = await talk.ask(request, ofVersion(0, 8))
  if (reply !== granted) throw new DialError(socks4Refused(proxy, reply))
}
