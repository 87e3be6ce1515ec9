/** Rules on the messages of WebSockets, between ws and ws: over HTTP/1.1 in clear and in TLS, and over HTTP/2 (RFC 8441). */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect as connectHttp2, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { TestContext } from 'node:test'
import tls from 'node:tls'
import WebSocket, { WebSocketServer } from 'ws'
import { inTime } from '../in-time.ts'
import { type Identities, makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'
const large = `${'large '.repeat(3_500_000)}cat` // 21 MB: more than rules look at
const said = ['a cat', 'secret', 'plain cat', large, 'cat again', 'secret', 'the end']
const arrives = (text: string): string => (text === large ? text : text.replaceAll('cat', 'dog'))
const expected = said.filter(text => text !== 'secret').map(arrives)

/** What both sides got, in order, until the end has come. */
async function talk(client: WebSocket, server: WebSocket): Promise<void> {
  const got = (socket: WebSocket): Promise<readonly string[]> =>
    new Promise(resolve => {
      const texts: string[] = []
      socket.on('message', data => {
        if (texts.push(String(data)) && String(data) === 'the end') resolve(texts)
      })
    })
  const both = Promise.all([got(client), got(server)])
  for (const text of said) {
    client.send(text)
    server.send(text)
  }
  for (const texts of await inTime('the end of the talk', both, 30_000)) {
    assert.deepEqual(
      texts.map(text => text.length),
      expected.map(text => text.length),
    )
    assert.ok(texts.every((text, index) => text === expected[index]))
  }
  const closed = Promise.all([once(client, 'close'), once(server, 'close')])
  client.close(1000, 'done')
  const [, [code, reason]] = (await closed) as [unknown, [number, Buffer]]
  assert.deepEqual([code, String(reason)], [1000, 'done'])
}

async function ruled(t: TestContext, ...args: string[]): Promise<Parley> {
  const script = join(temporaryFolder(t), 'drop.ts')
  writeFileSync(
    script,
    "export const webSocketMessage = ({ text }: { text?: string }) => (text === 'secret' ? 'drop' : undefined)\n",
  )
  const rules = ['/chat => replace-body message cat dog', `/chat => script ${script}`]
  return startParley(t, ...args, ...rules.flatMap(rule => ['--rule', rule]))
}

/** A tunnel through the proxy, and TLS in it where that is wanted. */
async function tunnel(parley: Parley, port: number, ca: string | undefined, alpn: string): Promise<Duplex> {
  const asked = request({ host: '127.0.0.1', port: parley.port, method: 'CONNECT', path: `${host}:${port}` }).end()
  const [, socket] = (await once(asked, 'connect')) as [unknown, Duplex]
  if (ca === undefined) return socket
  const secured = tls.connect({ socket, servername: host, ca, ALPNProtocols: [alpn] })
  await once(secured, 'secureConnect')
  return secured
}

const filesOf = ({ leaf }: Identities) => {
  const { cert, key } = leaf('origin', { host })
  return { cert: readFileSync(cert), key: readFileSync(key) }
}

for (const secure of [false, true])
  for (const perMessageDeflate of [false, true]) {
    const how = `${secure ? 'wss' : 'ws'}${perMessageDeflate ? ', compressed' : ''}`
    e2e(`messages are changed and dropped both ways over HTTP/1.1: ${how}`, {}, async t => {
      const identities = await makeIdentities(t)
      const server = secure ? createHttps(filesOf(identities)) : createServer()
      const sockets = new WebSocketServer({ server, perMessageDeflate })
      const port = await listenFor(t, server)
      const parley = await ruled(t, '--upstream-ca', identities.caPath)
      const ca = secure ? readFileSync(parley.caPath, 'utf8') : undefined
      const stream = await tunnel(parley, port, ca, 'http/1.1')
      const client = new WebSocket(`ws://${host}:${port}/chat`, {
        createConnection: () => stream as never,
        perMessageDeflate,
      })
      const accepted = once(sockets, 'connection')
      await once(client, 'open')
      assert.equal(client.extensions !== '', perMessageDeflate)
      const [peer] = (await accepted) as [WebSocket]
      await talk(client, peer)
    })
  }

async function bodyOf(stream: Duplex): Promise<string> {
  let body = ''
  for await (const part of stream) body += part
  return body
}

interface PerMessageDeflate {
  accept(offers: readonly object[]): object
}
const load = createRequire(import.meta.url)
const folder = join(import.meta.dirname, '../../node_modules/ws/lib')
const Deflate = load(join(folder, 'permessage-deflate.js')) as {
  new (options: object, isServer: boolean, maxPayload: number): PerMessageDeflate
  readonly extensionName: string
}

/** ws on a stream of HTTP/2, which it does not open itself. */
function onStream(stream: Duplex, isServer: boolean): WebSocket {
  const socket = new WebSocket(null as never, undefined, { isServer } as never)
  const inside = socket as unknown as {
    _isServer: boolean
    _extensions: Record<string, PerMessageDeflate>
    setSocket(stream: Duplex, head: Buffer, options: object): void
  }
  inside._isServer = isServer
  const deflate = new Deflate({}, isServer, 0)
  deflate.accept([{}])
  inside._extensions[Deflate.extensionName] = deflate
  inside.setSocket(stream, Buffer.alloc(0), { maxPayload: 0, allowSynchronousEvents: true })
  return socket
}

e2e(
  'messages are changed and dropped both ways over HTTP/2, compressed, and its other streams are as they were',
  {},
  async t => {
    const identities = await makeIdentities(t)
    const server = createSecureServer({ ...filesOf(identities), settings: { enableConnectProtocol: true } })
    const accepted = new Promise<WebSocket>(resolve =>
      server.on('stream', (stream: ServerHttp2Stream, headers) => {
        if (headers[':method'] !== 'CONNECT') return stream.end('plain cat')
        stream.respond({ ':status': 200, 'sec-websocket-extensions': 'permessage-deflate' })
        resolve(onStream(stream, true))
      }),
    )
    const port = await listenFor(t, server as never)
    const parley = await ruled(t, '--upstream-ca', identities.caPath)
    const socket = await tunnel(parley, port, readFileSync(parley.caPath, 'utf8'), 'h2')
    const session = connectHttp2(`https://${host}:${port}`, { createConnection: () => socket as never })
    t.after(() => session.destroy())
    await once(session, 'remoteSettings')
    const stream = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': '/chat',
      ':scheme': 'https',
      ':authority': `${host}:${port}`,
      'sec-websocket-extensions': 'permessage-deflate',
    })
    await once(stream, 'response')
    const other = bodyOf(session.request({ ':path': '/chat' }))
    await talk(onStream(stream, false), await accepted)
    assert.equal(await inTime('the other stream', other), 'plain cat')
    session.destroy()
  },
)
