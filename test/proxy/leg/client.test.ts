import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import tls, { type ConnectionOptions, TLSSocket } from 'node:tls'
import { secureClient } from '../../../src/proxy/leg/client.ts'
import { JsTap } from '../../../src/proxy/socket/js-tap.ts'
import { helloMessage, inRecords } from '../hello-bytes.ts'
import { MemoryTape } from '../memory-tape.ts'
import { identityFor, share } from '../running.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

const host = 'origin.localhost'

async function offered(t: TestContext, alpn?: string, timeout = 5000) {
  const pair = await socketPair()
  t.after(() => pair.close())
  const tape = new MemoryTape()
  const tap = new JsTap({ socket: pair.near, tape, connection: 2, leg: 'client' })
  tap.on('error', () => {})
  const secureContext = tls.createSecureContext(await identityFor(host))
  const given = alpn === undefined ? {} : { alpn }
  const result = secureClient({ tap, tape, connection: 2, secureContext, timeout, ...given })
  return { far: pair.far, near: pair.near, tape, result }
}

async function client(t: TestContext, socket: ConnectionOptions['socket'], options: ConnectionOptions = {}) {
  const { servers } = await share()
  const secured = tls.connect({ ...(socket ? { socket } : {}), servername: host, ca: servers.caPem, ...options })
  secured.on('error', () => {})
  t.after(() => secured.destroy())
  return secured
}

const codeOf = (result: object): string => ('code' in result ? String(result.code) : 'no problem')

test('a client that trusts the leaf is secured with the one protocol, and its keys are on the tape', async t => {
  const { far, tape, result } = await offered(t, 'h2')
  const secured = await client(t, far, { ALPNProtocols: ['http/1.1', 'h2'] })
  const socket = await result
  assert.ok(socket instanceof TLSSocket)
  socket.write('hi')
  assert.equal(String(await once(secured, 'data')), 'hi')
  assert.equal(secured.alpnProtocol, 'h2')
  const [told] = tape.told('secured')
  assert.deepEqual([told!.leg, told!.agreed.alpn, told!.agreed.version], ['client', 'h2', 'TLSv1.3'])
  assert.ok(tape.keys.length > 0 && tape.keys.every(({ leg }) => leg === 'client'))
})

test('a client whose bytes cannot be read after the handshake is let go, and the leg said to be spoilt', async t => {
  const { far, tape, result } = await offered(t)
  const secured = await client(t, far)
  const socket = await result
  assert.ok(socket instanceof TLSSocket)
  await once(secured, 'session') // all of the server's flight has come
  assert.deepEqual(tape.told('spoilt'), [])
  const closed = once(socket, 'close')
  far.write(Buffer.from('1703030013'.padEnd(48, 'a'), 'hex'))
  await closed
  assert.deepEqual(tape.told('spoilt'), [{ type: 'spoilt', leg: 'client' }])
})

test('without a protocol none is agreed on, whatever the client offers', async t => {
  const { far, result } = await offered(t)
  const secured = await client(t, far, { ALPNProtocols: ['http/1.1'] })
  await Promise.all([result, once(secured, 'secureConnect')])
  assert.equal(secured.alpnProtocol, false)
})

const failures: Readonly<Record<string, readonly [ConnectionOptions, string]>> = {
  'no suite in common': [{ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' }, 'tls/no-common-suite'],
  'another protocol than the server': [{ ALPNProtocols: ['spdy/3'] }, 'tls/no-common-alpn'],
}
for (const [name, [options, code]] of Object.entries(failures)) {
  test(`a client with ${name} gets a problem by name`, async t => {
    const { far, result } = await offered(t, 'h2')
    await client(t, far, options)
    const problem = await result
    assert.ok(codeOf(problem) === code || /^tls\/(client-failed|refused)/.test(codeOf(problem)), codeOf(problem))
  })
}

test('a client that sends FIN or RST instead of its Finished is told apart, at once', async t => {
  for (const [act, code] of [
    ['end', 'tls/closed-by-client'],
    ['resetAndDestroy', 'tls/reset-by-client'],
  ] as const) {
    const { far, near, result } = await offered(t)
    far.write(inRecords(helloMessage()).subarray(0, 40))
    await once(near, 'data')
    const closed = readAll(far)
    far[act]()
    assert.equal(codeOf(await result), code)
    await closed
  }
})

test('a client that stops is given up in time, and its socket goes', async t => {
  const { far, result } = await offered(t, undefined, 30)
  far.write(inRecords(helloMessage()).subarray(0, 40))
  const closed = readAll(far)
  assert.equal(codeOf(await result), 'tls/handshake-timeout')
  await closed
})

test('a client that speaks HTTP after all is named', async t => {
  const { far, result } = await offered(t)
  far.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  assert.equal(codeOf(await result), 'tls/http-on-tls-port')
})

test('a client that went before its turn came is told at once, not when the time is over', async () => {
  const pair = await socketPair()
  const tape = new MemoryTape()
  const tap = new JsTap({ socket: pair.near, tape, connection: 2, leg: 'client' })
  tap.on('error', () => {})
  tap.resume()
  pair.far.destroy()
  await once(pair.near, 'end')
  tap.destroy()
  await once(pair.near, 'close')
  const secureContext = tls.createSecureContext(await identityFor(host))
  const result = await secureClient({ tap, tape, connection: 2, secureContext, timeout: 600_000 })
  assert.match(codeOf(result), /^tls\/(closed|reset)-by-client$/)
  pair.close()
})
