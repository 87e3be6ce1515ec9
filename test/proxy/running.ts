import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import tls, { type TLSSocket, type TlsOptions } from 'node:tls'
import { type Authority, openAuthority } from '../../ca/index.ts'
import { makeTestAuthority, type TestAuthority } from '../../src/peers/certificates.ts'
import { listen as listenOrigin } from '../../src/peers/origin.ts'
import { type Listener, listen } from '../../src/proxy/listener.ts'
import type { LeafSource } from '../../src/proxy/ports.ts'
import type { Script } from '../../src/proxy/script/script.ts'
import { defaultTimeouts, type ProxyOptions } from '../../src/proxy/services.ts'
import type { Rulings } from '../../src/rules/rulings.ts'
import { MemoryTape } from './memory-tape.ts'
import { once } from './socket-pair.ts'

/** What the tests of one file share: an authority of Parley's and one of the servers', which Parley trusts. */
interface Shared {
  readonly folder: string
  readonly authority: Authority
  readonly servers: TestAuthority
}

let shared: Promise<Shared> | undefined

export function share(): Promise<Shared> {
  shared ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-proxy-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const [authority, servers] = await Promise.all([openAuthority(folder), makeTestAuthority()])
    trust(servers.caPem)
    return { folder, authority, servers }
  })()
  return shared
}

export const trust = (...pems: readonly string[]): void =>
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...pems])

export interface Running {
  readonly proxy: Listener
  readonly tape: MemoryTape
  /** PEM of Parley's root. */
  readonly ca: string
}

export const optionsIn = (authorityFolder: string): ProxyOptions => ({
  listen: { host: '127.0.0.1', port: 0 },
  authorityFolder,
  verifyUpstream: true,
  mirror: true,
  failAsServer: false,
  passThrough: [],
  hosts: new Map(),
  timeouts: defaultTimeouts,
})

/** A proxy on a free port of loopback, closed when the test ends. */
export async function startProxy(
  t: Pick<TestContext, 'after'>,
  options: Partial<ProxyOptions> = {},
  scripts: readonly Script[] = [],
  leaves: Pick<LeafSource, 'mayName'> = {},
  rulings?: Rulings,
): Promise<Running> {
  const { folder, authority } = await share()
  const tape = new MemoryTape()
  const proxy = await listen(
    { ...optionsIn(folder), ...options },
    tape,
    { ...authority, ...leaves },
    {},
    scripts,
    rulings,
  )
  t.after(() => proxy.close())
  return { proxy, tape, ca: authority.certificatePem }
}

/** A server that answers the bytes it gets with `answer` as soon as `enough` says so, and remembers them. */
export interface RawOrigin {
  readonly port: number
  readonly received: () => Buffer
  readonly connections: () => Promise<number>
}

export interface RawAnswer {
  /** Absent: no TLS. */
  readonly tls?: TlsOptions
  readonly answer?: (received: Buffer, socket: Socket) => void
}

export async function rawOrigin(
  t: Pick<TestContext, 'after'>,
  { tls: options, answer }: RawAnswer,
): Promise<RawOrigin> {
  const parts: Buffer[] = []
  const talk = (socket: Socket): void => {
    socket.on('error', () => {})
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      answer?.(Buffer.concat(parts), socket)
    })
  }
  const server: Server = options ? tls.createServer(options, talk) : createServer(talk)
  const { port, close } = await listenOrigin(server)
  t.after(close)
  return {
    port,
    received: () => Buffer.concat(parts),
    connections: () => new Promise(resolve => server.getConnections((_error, count) => resolve(count))),
  }
}

/** A certificate that Parley verifies, for `host`. */
export const identityFor = async (host: string) => (await share()).servers.issue({ host })

/** A TCP connection to the proxy. */
export async function toProxy(
  t: Pick<TestContext, 'after'>,
  proxy: Pick<Listener, 'host' | 'port'>,
  halfOpen = true,
): Promise<Socket> {
  const socket = connectTcp({ port: proxy.port, host: proxy.host, allowHalfOpen: halfOpen })
  socket.on('error', () => {})
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** A CONNECT tunnel; resolves to the socket inside it when the proxy agrees. */
export async function openTunnel(t: Pick<TestContext, 'after'>, proxy: Listener, authority: string): Promise<Socket> {
  const socket = await toProxy(t, proxy)
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  const head = String(await once(socket, 'data'))
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`no tunnel: ${head}`)
  return socket
}

export interface TlsClient {
  readonly host: string
  readonly port: number
  readonly ca: string
  readonly alpn?: readonly string[]
}

/** TLS with a server through the proxy. */
export async function secureTunnel(
  t: Pick<TestContext, 'after'>,
  proxy: Listener,
  { host, port, ca, alpn }: TlsClient,
): Promise<TLSSocket> {
  const socket = await openTunnel(t, proxy, `${host}:${port}`)
  const client = tls.connect({ socket, servername: host, ca, ...(alpn ? { ALPNProtocols: [...alpn] } : {}) })
  client.on('error', () => {})
  t.after(() => client.destroy())
  await new Promise((resolve, reject) => client.once('secureConnect', resolve).once('error', reject))
  return client
}
