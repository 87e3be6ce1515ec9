import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import tls, { type TlsOptions } from 'node:tls'
import { isProblem } from '../../../src/model/problem.ts'
import { listen } from '../../../src/peers/origin.ts'
import { agreedOn } from '../../../src/proxy/leg/agreed.ts'
import { type OpensslOptions, secureByOpenssl } from '../../../src/proxy/leg/openssl-upstream.ts'
import type { Upstream } from '../../../src/proxy/leg/upstream.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import { MemoryTape } from '../memory-tape.ts'
import { identityFor, share } from '../running.ts'
import { once } from '../socket-pair.ts'

const host = 'origin.localhost'
const mirrored = { secureContext: tls.createSecureContext(), requestOCSP: false }

async function serverWith(t: TestContext, options: TlsOptions): Promise<number> {
  const server = tls.createServer(options, socket => socket.on('error', () => {}).write('hi'))
  const { port, close } = await listen(server)
  t.after(close)
  return port
}

async function secure(t: TestContext, port: number, options: Partial<OpensslOptions> = {}, after?: 'end') {
  await share()
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  const tape = new MemoryTape()
  const tap = new JsTap({ socket, tape, connection: 2, leg: 'upstream' })
  tap.on('error', () => {})
  if (after) await once(socket.resume(), after)
  const result = await secureByOpenssl({
    tap,
    tape,
    connection: 2,
    mirrored: { ...mirrored, secureContext: tls.createSecureContext() },
    serverName: host,
    host,
    verify: true,
    timeout: 5000,
    ...options,
  })
  return { result, tape, tap }
}

const stands = (result: object): Upstream => {
  assert.ok(!isProblem(result), JSON.stringify(result))
  return result as Upstream
}

test('a session that stands has the protocol, the certificate and keys on the tape', async t => {
  const port = await serverWith(t, { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] })
  const { result, tape } = await secure(t, port, { alpn: ['h2', 'http/1.1'] })
  const { alpn, certificate, tolerated, socket } = stands(result)
  assert.deepEqual([alpn, tolerated], ['http/1.1', undefined])
  assert.ok(certificate!.length > 100)
  const [secured] = tape.told('secured')
  assert.deepEqual([secured!.leg, secured!.agreed.version, secured!.agreed.alpn], ['upstream', 'TLSv1.3', 'http/1.1'])
  assert.deepEqual(agreedOn(socket as TLSSocket), secured!.agreed)
  assert.ok(tape.keys.length > 0 && tape.keys.every(({ leg }) => leg === 'upstream'))
})

test('odd protocol names are offered as the client does, and an empty one is no fault of Parley', async t => {
  const offers: unknown[] = []
  const server = createServer(socket =>
    socket
      .on('error', () => {})
      .once('data', (bytes: Buffer) => {
        offers.push(readClientHello(bytes.subarray(5)).alpn)
        socket.destroy()
      }),
  )
  const { port, close } = await listen(server)
  t.after(close)
  for (const alpn of [['\xea\xea', 'h2'], ['', 'h2'], ['']]) await secure(t, port, { alpn })
  assert.deepEqual(offers, [['\xea\xea', 'h2'], ['h2'], undefined])
})

test('a server for another host is refused, and tolerated where nobody verifies', async t => {
  const port = await serverWith(t, await identityFor('elsewhere.localhost'))
  const { result } = await secure(t, port)
  assert.ok(isProblem(result) && result.code === 'tls/certificate-wrong-host')
  assert.match(result.message, /for other names: elsewhere\.localhost/)
  assert.equal(stands((await secure(t, port, { verify: false })).result).tolerated?.code, 'tls/certificate-wrong-host')
})

test('a server that never answers is given up in time', async t => {
  const { port, close } = await listen(createServer(socket => socket.resume()))
  t.after(close)
  const { result, tap } = await secure(t, port, { timeout: 30 })
  assert.ok(isProblem(result) && result.code === 'tls/handshake-timeout' && result.blame === 'server')
  await once(tap, 'close')
})

test('a server that ends or resets is told apart', async t => {
  for (const [act, code] of [
    ['end', 'tls/closed-by-server'],
    ['resetAndDestroy', 'tls/reset-by-server'],
  ] as const) {
    const server = createServer(socket => socket.on('error', () => {}).once('data', () => socket[act]()))
    const { port, close } = await listen(server)
    t.after(close)
    const { result } = await secure(t, port)
    assert.ok(isProblem(result) && result.code === code, JSON.stringify(result))
  }
})

test('a hello that cannot be made is no fault of the server', async t => {
  const server = createServer(socket => socket.on('error', () => {}).resume())
  const { port, close } = await listen(server)
  t.after(close)
  const secureContext = tls.createSecureContext({ maxVersion: 'TLSv1.2', ciphers: 'TLS_AES_128_GCM_SHA256' })
  const { result } = await secure(t, port, { mirrored: { secureContext, requestOCSP: false } })
  assert.ok(isProblem(result) && result.blame === 'parley', JSON.stringify(result))
  assert.match(result.message, /no ClientHello of what the client offers/)
})

test('what comes instead of TLS is told by its first bytes', async t => {
  // TLS 1.2 with ECDHE, renegotiation_info and extended_master_secret
  const serverHello = `02000031${'0303'.padEnd(68, '7')}00c02f000009ff0100010000170000`
  const cases = [
    [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls/http-on-tls-port'],
    [Buffer.from('220 smtp.test ESMTP\r\n'), 'tls/not-tls'],
    [Buffer.from(`1603030035${serverHello}1603010004${'0e000000'}`, 'hex'), 'tls/illegal-message'],
  ] as const
  for (const [answer, code] of cases) {
    const server = createServer(socket => socket.on('error', () => {}).once('data', () => socket.write(answer)))
    const { port, close } = await listen(server)
    t.after(close)
    const { result } = await secure(t, port)
    assert.ok(isProblem(result) && result.code === code, `${code}: ${JSON.stringify(result)}`)
  }
})

test('a server that ended before it was greeted did not do so during the handshake', async t => {
  const { port, close } = await listen(createServer(socket => socket.on('error', () => {}).end()))
  t.after(close)
  const { result } = await secure(t, port, {}, 'end')
  assert.ok(isProblem(result) && result.code === 'tls/closed-by-server')
  assert.match(result.message, /^the server closed the connection .*: it had seen no ClientHello yet$/)
})

test('a server whose bytes cannot be read after the handshake is let go, and the leg said to be spoilt', async t => {
  const identity = await identityFor(host)
  const server = createServer(below => {
    const socket = new tls.TLSSocket(below, { isServer: true, ...identity })
    socket.on('error', () => {})
    socket.once('data', () => below.write(Buffer.from('1703030013'.padEnd(48, 'a'), 'hex')))
  })
  const { port, close } = await listen(server)
  t.after(close)
  const { tape, result } = await secure(t, port)
  const upstream = stands(result)
  const closed = once(upstream.socket, 'close')
  upstream.socket.resume().write('ask')
  await closed
  assert.deepEqual(tape.told('spoilt'), [{ type: 'spoilt', leg: 'upstream' }])
  assert.match(String((upstream.lateError as NodeJS.ErrnoException).code), /^ERR_SSL_/)
})

test('a session that the server gives can be resumed', async t => {
  const port = await serverWith(t, await identityFor(host))
  const session = await new Promise<Buffer>((resolve, reject) => {
    secure(t, port, { onSession: resolve }).then(({ result }) => stands(result).socket.resume(), reject)
  })
  const { tape, result } = await secure(t, port, { session })
  assert.equal(tape.told('secured')[0]!.agreed.resumed, true)
  assert.equal(stands(result).agreed.resumed, true)
})

test('a problem is a problem and a session is none', () => {
  assert.equal(isProblem({ code: 'a/b', blame: 'server', message: '' }), true)
  assert.equal(isProblem({ socket: {} }), false)
})

for (const version of ['TLSv1.3', 'TLSv1.2'] as const)
  test(`a server of ${version} that resumes a session and is refused hears why, and not a FIN alone`, async t => {
    const { servers } = await share()
    const identity = servers.issue({ host, validUntil: -1 })
    const server = tls.createServer({ ...identity, minVersion: version, maxVersion: version }, socket =>
      socket.on('error', () => {}).write('hi'),
    )
    const heard = once(server, 'tlsClientError') as Promise<Error>
    const { port, close } = await listen(server)
    t.after(close)
    const given = Promise.withResolvers<Buffer>()
    const first = await secure(t, port, { verify: false, onSession: given.resolve })
    stands(first.result).socket.resume()
    const session = await given.promise
    const { result } = await secure(t, port, { session })
    assert.ok(isProblem(result) && result.code === 'tls/certificate-expired', JSON.stringify(result))
    assert.match((await heard).message, /alert number 45/)
  })
