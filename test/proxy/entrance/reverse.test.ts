import assert from 'node:assert/strict'
import http from 'node:http'
import { type TestContext, test } from 'node:test'
import tls, { type TLSSocket } from 'node:tls'
import { identityFor, type Running, rawOrigin, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

const host = 'origin.localhost'
const listen = { host: '127.0.0.1', port: 0 }
const pong = (_: Buffer, socket: { end(text: string): unknown }): void => void socket.end('HTTP/1.1 200 OK\r\n\r\npong')
const request = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n'

/** Parley in the place of an origin that speaks TLS, or in clear. */
async function reversed(t: TestContext, secure: boolean) {
  const origin = await rawOrigin(t, { ...(secure ? { tls: await identityFor(host) } : {}), answer: pong })
  const server = { target: { host, port: origin.port }, secure }
  const running = await startProxy(t, { reverse: [{ listen, server }] })
  return { ...running, origin, door: running.proxy.reverse[0]! }
}

async function secureTo(
  t: TestContext,
  { ca }: Pick<Running, 'ca'>,
  port: number,
  servername?: string,
): Promise<TLSSocket> {
  const client = tls.connect({ port, host: '127.0.0.1', ca, ...(servername ? { servername } : {}) })
  client.on('error', () => {})
  t.after(() => client.destroy())
  await new Promise((resolve, reject) => client.once('secureConnect', resolve).once('error', reject))
  return client
}

for (const [secure, inTls, legs] of [
  [true, true, ['upstream', 'client']],
  [true, false, ['upstream']],
  [false, true, ['client']],
  [false, false, []],
] as const)
  test(`a client ${inTls ? 'in TLS' : 'in clear'} reaches a server ${secure ? 'in TLS' : 'in clear'}`, async t => {
    const { tape, ca, origin, door, proxy } = await reversed(t, secure)
    const client = inTls ? await secureTo(t, { ca }, door.port) : await toProxy(t, { ...proxy, port: door.port })
    const answer = readAll(client)
    client.write(request)
    assert.match(String(await answer), /pong$/)
    client.end()
    await tape.closed()
    assert.deepEqual([tape.codes(), origin.received().toString()], [[], request])
    assert.deepEqual(tape.told('targeted'), [
      { type: 'targeted', entrance: 'reverse', target: { host, port: origin.port } },
    ])
    assert.deepEqual(
      tape.told('secured').map(({ leg }) => leg),
      legs,
    )
    assert.equal(tape.contentText('client', 'to-server'), request)
    assert.match(tape.contentText('client', 'to-client'), /pong$/)
  })

test('the server is asked for the name that the client gives, or for its own where that only leads to Parley', async t => {
  for (const [given, asked, certificate] of [
    [undefined, host, 'IP Address:127.0.0.1'],
    ['localhost', host, 'DNS:localhost'],
    [host, host, `DNS:${host}`],
  ] as const) {
    const names: string[] = []
    const identity = await identityFor(host)
    const options = {
      ...identity,
      SNICallback: (name: string, done: (error: null, context: tls.SecureContext) => void) => {
        names.push(name)
        done(null, tls.createSecureContext(identity))
      },
    }
    const origin = await rawOrigin(t, { tls: options, answer: pong })
    const running = await startProxy(t, {
      reverse: [{ listen, server: { target: { host, port: origin.port }, secure: true } }],
    })
    const client = await secureTo(t, running, running.proxy.reverse[0]!.port, given)
    assert.ok(client.getPeerCertificate().subjectaltname?.split(', ').includes(certificate))
    assert.deepEqual(names, [asked])
    client.destroy()
  }
})

test('a server that cannot be reached is explained in the client’s own words', async t => {
  const server = { target: { host: '127.0.0.1', port: 1 }, secure: true }
  const running = await startProxy(t, { reverse: [{ listen, server }] })
  const { port } = running.proxy.reverse[0]!
  const inClear = await toProxy(t, { ...running.proxy, port })
  const answer = readAll(inClear)
  inClear.write(request)
  assert.match(String(await answer), /^HTTP\/1\.1 502 /)
  const secured = await secureTo(t, running, port)
  const page = readAll(secured)
  secured.write(request)
  assert.match(String(await page), /^HTTP\/1\.1 502 /)
  assert.deepEqual(running.tape.codes(), ['tcp/refused', 'tcp/refused'])
})

test('a reverse that leads to itself, or to the proxy, is a loop', async t => {
  const own = await new Promise<number>(resolve => {
    const server = http.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
  const server = { target: { host: '127.0.0.1', port: own }, secure: false }
  const { proxy, tape } = await startProxy(t, { reverse: [{ listen: { ...listen, port: own }, server }] })
  const client = await toProxy(t, { ...proxy, port: own })
  client.write(request)
  assert.match(String(await once(client, 'data')), /508/)
  assert.deepEqual(tape.codes(), ['proxy/loop'])
})
