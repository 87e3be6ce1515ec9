import assert from 'node:assert/strict'
import events from 'node:events'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls, { type SecureContext, TLSSocket } from 'node:tls'
import { isProblem } from '../../../../src/model/problem.ts'
import { problemOf } from '../../../../src/problem/problem.ts'
import { Unfollowed } from '../../../../src/proxy/leg/exact/exact-upstream.ts'
import { identityOf } from '../../../../src/proxy/leg/exact/identity.ts'
import type { Upstream } from '../../../../src/proxy/leg/upstream.ts'
import type { Session } from '../../../../src/wire/tls/client/tls-client.ts'
import { ticketKeyLabel } from '../../../../src/wire/tls/key-log.ts'
import { once } from '../../socket-pair.ts'
import { ecdsa, exactPair, helloOf, rsa } from './exact-pair.ts'

const stands = (result: object): Upstream => {
  assert.ok(!isProblem(result) && !(result instanceof Unfollowed), JSON.stringify(result))
  return result as Upstream
}
const failsBy = (result: object): string => {
  assert.ok(isProblem(result), 'it stands')
  return result.code
}
const wrong = { problem: problemOf('tls/certificate-expired'), alert: 45 }

test('a session that stands says what was agreed and chosen, and its keys and records are on the tape', async () => {
  const hello = helloOf({ ALPNProtocols: ['h2', 'http/1.1'] })
  const { result, tape } = exactPair({ hello }, { ...ecdsa, ALPNProtocols: ['http/1.1'], maxVersion: 'TLSv1.3' })
  const { agreed, alpn, choice, keyType, certificate, tolerated } = stands(await result)
  assert.deepEqual(
    [agreed.version, alpn, agreed.resumed, keyType, tolerated],
    ['TLSv1.3', 'http/1.1', false, 'ec', undefined],
  )
  assert.ok(choice?.version === 0x0304 && choice.group !== undefined && choice.signatureAlgorithm !== undefined)
  assert.ok(certificate!.length > 100)
  assert.deepEqual(tape.told('secured')[0]?.agreed, agreed)
  assert.equal(tape.keys.length, 5)
  assert.deepEqual(tape.wires[0]!.lane, 'upstream to-server')
  assert.equal(tape.wires[0]!.bytes.length, hello.length + 5)
})

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a certificate that is not trusted is refused with its alert, ${version}`, async () => {
    const { result, server, tape } = exactPair({ judge: () => wrong }, { ...rsa, maxVersion: version })
    const refused = once(server, 'error') as Promise<NodeJS.ErrnoException>
    const told = new Promise<NodeJS.ErrnoException>(resolve => server.once('_tlsError', resolve))
    assert.equal(failsBy(await result), 'tls/certificate-expired')
    assert.match((await Promise.race([refused, told])).code ?? '', /ALERT_CERTIFICATE_EXPIRED/)
    assert.deepEqual(tape.told('secured'), [])
  })

  test(`a verdict that comes late is waited for, ${version}`, async () => {
    const judge = () => new Promise<undefined>(resolve => setImmediate(resolve, undefined))
    const { result } = exactPair({ judge }, { ...rsa, maxVersion: version })
    assert.equal(stands(await result).agreed.version, version)
  })
}

test('what fails behind a certificate that is tolerated is not blamed on that', async () => {
  const { result, far } = exactPair({ judge: () => wrong, verify: false }, { ...rsa, maxVersion: 'TLSv1.2' })
  far.on('data', () => far.destroy())
  assert.match(failsBy(await result), /^tls\/(closed|reset)-by-server$/)
})

test('a certificate that is tolerated is told', async () => {
  const { result } = exactPair({ judge: () => wrong, verify: false }, rsa)
  assert.equal(stands(await result).tolerated, wrong.problem)
})

test('the name that is judged is the one that was asked for, else that of the host', async () => {
  const names: string[] = []
  const judge = (_chain: object, name: string) => void names.push(name)
  await exactPair({ judge }, rsa).result
  await exactPair({ judge, serverName: '', host: '192.0.2.1' }, rsa).result
  assert.deepEqual(names, ['origin.localhost', '192.0.2.1'])
})

/** A session of OpenSSL's with a server of this context, for a hello that resumes. */
async function sessionWith(secureContext: SecureContext): Promise<Buffer> {
  const [near, far] = duplexPair()
  const server = new TLSSocket(far, { isServer: true, secureContext })
  server.on('error', () => {}).write('hi')
  const client = tls.connect({ socket: near, servername: 'origin.localhost', rejectUnauthorized: false }).resume()
  const [session] = await events.once(client, 'session')
  client.destroy()
  return session
}

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`a session is resumed where the client resumes, ${maxVersion}`, async () => {
    const secureContext = tls.createSecureContext({ ...rsa, maxVersion })
    const given = Promise.withResolvers<Session>()
    const first = exactPair({ onSession: given.resolve }, { secureContext })
    const { socket } = stands(await first.result)
    socket.resume()
    const session = await given.promise
    const plain = exactPair({ session, hello: helloOf({ maxVersion }) }, { secureContext })
    assert.equal(stands(await plain.result).agreed.resumed, false)
    const hello = helloOf({ session: await sessionWith(secureContext) })
    const { result, tape } = exactPair({ hello, session }, { secureContext })
    const { agreed, certificate, choice } = stands(await result)
    assert.equal(agreed.resumed, true)
    assert.ok(certificate && choice?.signatureAlgorithm !== undefined)
    assert.equal(
      tape.keys.some(({ line }) => line.startsWith(ticketKeyLabel)),
      maxVersion === 'TLSv1.3',
    )
  })

test('what ends a session after it stood is kept for who asks late', async () => {
  const { result, far, tape } = exactPair({}, { ...rsa, maxVersion: 'TLSv1.3' })
  const upstream = stands(await result)
  far.write(Buffer.concat([Buffer.of(23, 3, 3, 0, 40), Buffer.alloc(40)]))
  await once(upstream.socket, 'close')
  assert.equal((upstream.lateError as NodeJS.ErrnoException).code, 'bad-record-mac')
  assert.deepEqual(tape.told('spoilt'), [{ type: 'spoilt', leg: 'upstream' }])
})

test('a client certificate is shown to a server that asks', async () => {
  const identity = identityOf({ host: '*', cert: String(ecdsa.cert), key: String(ecdsa.key) })
  const asking = { ...rsa, requestCert: true, rejectUnauthorized: false }
  const { result, server } = exactPair({ identity, hasCertificate: true }, asking)
  const secured = once(server, 'secure')
  assert.equal(stands(await result).hadCertificate, true)
  await secured
  assert.ok(server.getPeerX509Certificate()?.raw.equals(identity.certificates[0]!))
})

test('a server that says nothing is a timeout, and one that goes is told by how it went', async () => {
  assert.equal(failsBy(await exactPair({ timeout: 1 }).result), 'tls/handshake-timeout')
  const ended = exactPair()
  ended.far.resume().end()
  assert.equal(failsBy(await ended.result), 'tls/closed-by-server')
})

test('what comes instead of TLS is named', async () => {
  const { result, far, tape } = exactPair()
  far.write('HTTP/1.1 400 Bad Request\r\n\r\n')
  assert.equal(failsBy(await result), 'tls/http-on-tls-port')
  const heard = tape.wires.filter(({ lane }) => lane === 'upstream to-client')
  assert.equal(Buffer.concat(heard.map(({ bytes }) => bytes)).toString(), 'HTTP/1.1 400 Bad Request\r\n\r\n')
})

test('a server that refuses the hello is understood by its alert', async () => {
  const { result, far } = exactPair()
  far.write(Buffer.of(21, 3, 3, 0, 2, 2, 112))
  assert.equal(failsBy(await result), 'tls/unrecognized-name')
})

const macThenEncrypt = { ciphers: 'ECDHE-RSA-AES128-SHA', maxVersion: 'TLSv1.2' } as const
const noEncryptThenMac = 1 << 19 // SSL_OP_NO_ENCRYPT_THEN_MAC

for (const isRepeatable of [true, false])
  test(`a choice that cannot be followed ${isRepeatable ? 'leaves nothing' : 'is told where no other attempt follows'}`, async () => {
    const server = { ...rsa, ...macThenEncrypt, secureOptions: noEncryptThenMac }
    const { result, tape, near } = exactPair({ hello: helloOf(macThenEncrypt), isRepeatable }, server)
    const found = await result
    assert.ok(found instanceof Unfollowed)
    assert.match(found.choice, /encrypt_then_mac/)
    assert.deepEqual([tape.keys, tape.headers], [[], []])
    const lanes = tape.wires.map(({ lane }) => lane)
    if (isRepeatable) assert.deepEqual(lanes, [])
    else assert.deepEqual(new Set(lanes), new Set(['upstream to-server', 'upstream to-client']))
    assert.ok(near.destroyed || near.writableEnded)
  })

test('the tape has the flight while its chain is judged, in the version that was agreed', async () => {
  const asked = Promise.withResolvers<number>()
  const verdict = Promise.withResolvers<undefined>()
  const judge = (_chain: object, _name: string, version: number) => {
    asked.resolve(version)
    return verdict.promise
  }
  const { result, tape } = exactPair({ judge }, { ...rsa, maxVersion: 'TLSv1.2' })
  assert.equal(await asked.promise, 0x0303)
  assert.ok(tape.wires.some(({ lane }) => lane === 'upstream to-client'))
  verdict.resolve(undefined)
  stands(await result)
})
