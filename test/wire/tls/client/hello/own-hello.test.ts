import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ownShares } from '../../../../../src/wire/tls/client/hello/own-hello.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { isGrease } from '../../../../../src/wire/tls/registry/names.ts'
import type { ClientHello } from '../../../../../src/wire/tls/values.ts'
import { extension, makeHello, recorded, resuming, session12, session13 } from './hellos.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** A hello without what must differ: random, keys of shares, tickets and early data. */
const shape = ({ extensions, keyShares = [], cipherSuites, legacyVersion, compressionMethods }: ClientHello) => ({
  fixed: [legacyVersion, cipherSuites, compressionMethods],
  shares: keyShares.map(({ group, keyExchange }) => [group, isGrease(group) ? hex(keyExchange) : keyExchange.length]),
  extensions: extensions
    .filter(({ type }) => type !== 41 && type !== 42)
    .map(({ type, data }) => [type, type === 51 || type === 35 ? '' : hex(data)]),
})

/** The bytes of a message, those of random and key shares masked, where nothing was taken away. */
function masked(message: Uint8Array, hello: ClientHello): string {
  const bytes = Buffer.from(message)
  bytes.fill(0, 6, 38)
  for (const { group, keyExchange } of hello.keyShares ?? [])
    if (!isGrease(group)) bytes.fill(0, bytes.indexOf(keyExchange), bytes.indexOf(keyExchange) + keyExchange.length)
  return bytes.toString('hex')
}

for (const [name, message] of recorded)
  test(`${name}: nothing but random, shares and tickets differs`, () => {
    const client = readClientHello(message)
    const sent = ownShares(message)
    assert.deepEqual(readClientHello(sent.message), sent.hello)
    assert.notDeepEqual(sent.hello.random, client.random)
    assert.deepEqual(shape(sent.hello), shape(client))
    assert.equal(sent.hello.sessionId.length, client.sessionId.length)
    for (const [i, { group, keyExchange }] of (client.keyShares ?? []).entries())
      assert.equal(hex(sent.hello.keyShares![i]!.keyExchange) === hex(keyExchange), isGrease(group))
    if (!client.psk && !client.sessionTicket?.length && client.supportedVersions?.includes(0x0304))
      assert.equal(masked(sent.message, sent.hello), masked(message, client))
  })

const unknownExtension = fc
  .record({ type: fc.integer({ min: 100, max: 0xff00 }), data: fc.uint8Array({ maxLength: 60 }) })
  .filter(({ type }) => type !== 0xfe0d)

test('extensions that nobody knows go through as they are, in their order', () => {
  fc.assert(
    fc.property(fc.array(unknownExtension), fc.uint8Array({ maxLength: 32 }), (unknown, sessionId) => {
      const message = makeHello({ sessionId, extensions: [...unknown, extension.versions(0x0304), ...unknown] })
      const sent = ownShares(message, undefined, { random: Buffer.alloc(32, 7) })
      assert.equal(hex(sent.message), hex(message))
    }),
  )
})

test('a hello without extensions gets none, and one with an empty list keeps it', () => {
  for (const extensions of [undefined, []]) {
    const message = makeHello({ suites: [0x002f], ...(extensions && { extensions }) })
    assert.equal(hex(ownShares(message, undefined, { random: Buffer.alloc(32, 7) }).message), hex(message))
  }
})

test('the private halves are there for each group of ours, and the others are named', () => {
  const shares = extension.shares(
    [0x1a1a, Buffer.of(0)],
    [29, Buffer.alloc(32, 9)],
    [0xfe30, Buffer.alloc(50, 9)],
    [23, Buffer.alloc(64, 9)], // too short to be one
  )
  const { pairs, foreign, hello } = ownShares(makeHello({ extensions: [extension.versions(0x0304), shares] }))
  assert.deepEqual([[...pairs.keys()], [...foreign]], [[29], [0xfe30, 23]])
  assert.equal(hex(hello.keyShares![1]!.keyExchange), hex(pairs.get(29)!.share))
  assert.equal(hex(hello.keyShares![2]!.keyExchange), '09'.repeat(50))
})

test('a key_share that cannot be read stays, for the server to refuse', () => {
  const message = makeHello({ extensions: [{ type: 51, data: Buffer.of(0, 9, 1) }] })
  assert.equal(hex(ownShares(message).hello.extensions[0]!.data), '000901')
})

test('the tickets and early data of the client stay between it and us', () => {
  for (const extensions of [resuming, [extension.ticket('of the client')]]) {
    const { message } = ownShares(makeHello({ extensions }))
    assert.ok(!message.includes('of the client') && !message.includes('another'))
    assert.equal(readClientHello(message).earlyData, false)
  }
  const { hello } = ownShares(makeHello({ extensions: [extension.ticket('of the client')] }))
  assert.equal(hello.sessionTicket?.length, 0)
})

test('our ticket stands where the client had its own, at the end and alone', () => {
  const { hello, session } = ownShares(makeHello({ extensions: resuming }), session13, { now: 1_300 })
  assert.equal(session, session13)
  assert.deepEqual(hello.psk?.identities.map(String), ['of the server'])
  assert.deepEqual(
    hello.extensions.map(({ type }) => type),
    [43, 10, 51, 45, 41],
  )
  assert.equal(hex(hello.extensions.at(-1)!.data).slice(34, 42), '0000002c') // 300 ms and 2^32 - 256
})

test('early data is offered where client and ticket have it', () => {
  const message = makeHello({ extensions: resuming })
  const offers = (maxEarlyData: number | undefined, cipherSuite = 0x1301, of = message): boolean => {
    const session = { ...session13, cipherSuite, ...(maxEarlyData !== undefined && { maxEarlyData }) }
    return ownShares(of, session).hello.earlyData
  }
  assert.deepEqual(
    [undefined, 0, 1, 0xffff_ffff].map(most => offers(most)),
    [false, false, true, true],
  )
  assert.equal(offers(9, 0x1303), false) // another suite of the same hash
  const without = resuming.filter(({ type }) => type !== 42)
  assert.equal(offers(9, 0x1301, makeHello({ extensions: without })), false)
})

test('a client that does not resume is not made to', () => {
  const plain = makeHello({ sessionId: Buffer.alloc(32, 1), extensions: resuming.filter(({ type }) => type !== 41) })
  for (const session of [session13, session12]) {
    const sent = ownShares(plain, session)
    assert.deepEqual([sent.session, sent.hello.psk], [undefined, undefined])
    assert.equal(hex(sent.hello.sessionId), '01'.repeat(32))
  }
})

test('TLS 1.2 resumes by our ticket, with a new id beside it', () => {
  const extensions = [extension.extendedMasterSecret(), extension.ticket('of the client')]
  const client = { suites: [0xc02f], sessionId: Buffer.alloc(20, 1), extensions }
  const { hello, session } = ownShares(makeHello(client), session12)
  assert.equal(session, session12)
  assert.equal(String(Buffer.from(hello.sessionTicket!)), 'of the server')
  assert.equal(hello.sessionId.length, 20)
  assert.notEqual(hex(hello.sessionId), '01'.repeat(20))
})

test('what the proxy asks for is changed, and no more', () => {
  const ech = Buffer.concat([Buffer.of(0, 0, 1, 0, 1, 9, 0, 1, 8, 0, 2, 7, 7)])
  const extensions = [
    extension.serverName('client.test'),
    extension.alpn('h2', 'http/1.1'),
    { type: 0xfe0d, data: ech },
  ]
  const message = makeHello({ extensions })
  const { hello } = ownShares(message, undefined, { serverName: 'server.test', alpn: ['http/1.1'] })
  assert.deepEqual([hello.serverName, hello.alpn], ['server.test', ['http/1.1']])
  assert.equal(hex(hello.extensions[2]!.data), hex(ech))
  const redrawn = ownShares(message, undefined, { redrawEch: true }).hello.extensions[2]!.data
  assert.notEqual(hex(redrawn), hex(ech))
  assert.equal(redrawn.length, ech.length)
})

test('a ticket that is longer than any real one is not offered', () => {
  const huge = { ...session13, ticket: Buffer.alloc(16_385) }
  assert.equal(ownShares(makeHello({ extensions: resuming }), huge).session, undefined)
})
