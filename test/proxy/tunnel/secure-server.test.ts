import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { TlsOptions } from 'node:tls'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { listen as listenOrigin } from '../../../src/peers/origin.ts'
import type { ProxyOptions } from '../../../src/proxy/services.ts'
import { helloMessage, inRecords, u16 } from '../hello-bytes.ts'
import { helloMessagesOn } from '../hellos-on.ts'
import { identityFor, openTunnel, rawOrigin, secureTunnel, share, startProxy } from '../running.ts'
import { once } from '../socket-pair.ts'
import { ruledTunnel } from './ruled.ts'

const host = 'origin.localhost'
type Ruling = { readonly verify?: boolean; readonly clientCertificate?: string }
const macThenEncrypt = {
  ciphers: 'ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA',
  maxVersion: 'TLSv1.2',
  secureOptions: 1 << 19,
} as const // SSL_OP_NO_ENCRYPT_THEN_MAC

async function visit(t: TestContext, options: Partial<ProxyOptions>, server: TlsOptions = {}, times = 1) {
  await share()
  const { port } = await rawOrigin(t, { tls: { ...(await identityFor(host)), ...server } })
  const { proxy, tape, ca } = await startProxy(t, options)
  for (let i = 0; i < times; i++) (await secureTunnel(t, proxy, { host, port, ca })).end()
  await tape.closed()
  return tape
}

test('the server gets the client’s own hello, but for its random and the keys of its shares', async t => {
  const [sent, got] = helloMessagesOn(await visit(t, {}))
  assert.equal(got!.message.length, sent!.message.length)
  assert.deepEqual(
    got!.hello.extensions.map(({ type }) => type),
    sent!.hello.extensions.map(({ type }) => type),
  )
  assert.deepEqual(got!.hello.sessionId, sent!.hello.sessionId)
  assert.notDeepEqual(got!.hello.random, sent!.hello.random)
  assert.notDeepEqual(got!.hello.keyShares, sent!.hello.keyShares)
})

test('OpenSSL speaks where that is wanted, and where the client’s hello is not', async t => {
  for (const options of [{ tlsClient: 'openssl' }, { mirror: false }] as const) {
    const [sent, got] = helloMessagesOn(await visit(t, options))
    assert.notDeepEqual(got!.hello.sessionId, sent!.hello.sessionId)
  }
})

test('a server that chose what cannot be followed is dialled again with OpenSSL, and from then on at once', async t => {
  const tape = await visit(t, {}, macThenEncrypt, 2)
  assert.deepEqual(tape.codes(), [])
  const told = tape.told('openssl-spoke')
  assert.equal(told.length, 2)
  assert.match(told[0]!.why, /MAC|encrypt/)
  assert.equal(tape.told('connected').length, 3)
  const [first] = tape.events.map(({ connection }) => connection)
  const hellos = tape.wires.filter(
    ({ connection, lane, position }) => connection === first && lane === 'upstream to-server' && position === 0,
  )
  assert.equal(hellos.length, 1)
})

/** A ServerHello of TLS 1.2 that chooses this suite, and nothing else. */
const choosing = (suite: number): Buffer =>
  inRecords(
    Buffer.concat([Buffer.of(2, 0, 0, 38), u16(0x0303), Buffer.alloc(32, 1), Buffer.of(0), u16(suite), Buffer.of(0)]),
  )

for (const [tlsClient, dials] of [
  ['exact', 1],
  ['auto', 2],
] as const)
  test(`a server is asked ${dials === 1 ? 'once' : 'twice'} by ${tlsClient}, and what it chose is told`, async t => {
    const answer = (_: Buffer, socket: Socket) => void socket.end(choosing(0x0005)) // RC4
    const { port } = await rawOrigin(t, { answer })
    const { proxy, tape } = await startProxy(t, { tlsClient, failAsServer: true })
    const client = await openTunnel(t, proxy, `${host}:${port}`)
    client.write(inRecords(helloMessage({ suites: [0x1301, 0xc02b, 0x0005] })))
    await tape.closed()
    assert.equal(tape.codes()[0] === 'tls/not-followed', tlsClient === 'exact')
    assert.equal(tape.told('connected').length, dials)
  })

test('a ServerHello that somebody else said on the way does not turn the client’s own hello off', async t => {
  await share()
  const { port } = await rawOrigin(t, { tls: await identityFor(host) })
  let dials = 0
  const between = createServer(near => {
    near.on('error', () => {})
    if (++dials === 1) return void near.once('data', () => near.end(choosing(0xc013))) // CBC
    const far = connect(port, '127.0.0.1').on('error', () => {})
    near.pipe(far).pipe(near)
  })
  const at = await listenOrigin(between)
  t.after(at.close)
  const { proxy, tape, ca } = await startProxy(t, {})
  for (let i = 0; i < 2; i++) (await secureTunnel(t, proxy, { host, port: at.port, ca })).end()
  await tape.closed()
  assert.deepEqual([dials, tape.told('openssl-spoke').length], [3, 1])
})

async function clientCertificates(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const { issue } = await makeTestAuthority()
  return ['a', 'b'].map(name => {
    const { cert, key } = issue({ host: name, use: 'client' })
    writeFileSync(join(folder, name), cert + key)
    return join(folder, name)
  })
}

for (const tlsClient of ['exact', 'openssl'] as const)
  test(`a session is resumed only by who proved the same, and checked the same, ${tlsClient}`, async t => {
    await share()
    const asking = { ...(await identityFor(host)), requestCert: true, rejectUnauthorized: false }
    const { port } = await rawOrigin(t, { tls: asking, answer: (_, socket) => void socket.write('hi') })
    const [a, b] = (await clientCertificates()) as [string, string]
    let ruling: Ruling = { clientCertificate: a }
    const { tape, connect } = await ruledTunnel(t, { host, port }, () => ruling, { tlsClient })
    const first = await connect()
    const given = once(first, 'session')
    first.write('hello')
    const session = (await given) as Buffer
    for (const other of [{ clientCertificate: b }, {}, { clientCertificate: a, verify: false }]) {
      ruling = other
      assert.equal((await connect({ session })).isSessionReused(), false)
    }
    assert.deepEqual(tape.told('recalled'), [])
    ruling = { clientCertificate: a }
    assert.equal((await connect({ session })).isSessionReused(), true)
    assert.equal(tape.told('secured').filter(({ leg, agreed }) => leg === 'upstream' && agreed.resumed).length, 1)
  })
