import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Field, MalformedError } from '../../../src/wire/reader.ts'
import {
  type ReadMessage,
  readAlert,
  readChangeCipherSpec,
  readClientHello,
  readHandshakeMessage,
  readServerHello,
} from '../../../src/wire/tls/read-message.ts'
import {
  clientHellos,
  type FixtureMessage,
  fixtureMessages,
  fixtureNames,
  fromHex,
  leaves,
  readAll,
  readFixture,
  shownOf,
} from './tls-fixtures.ts'

const all = fixtureNames.flatMap(name => fixtureMessages(name).map(message => [name, message] as const))

test('the fixtures are there', () => {
  assert.ok(fixtureNames.length >= 15 && all.length >= 200, `${fixtureNames.length} fixtures, ${all.length} messages`)
})

for (const name of fixtureNames)
  test(`${name}: every message is well-formed, has a value, and its leaves cover it byte by byte`, () => {
    for (const message of fixtureMessages(name)) {
      const read = readFixture(message)
      assert.equal(read.malformed, undefined)
      assert.equal(read.value.name, read.name)
      assert.notEqual(read.name, 'unknown')
      assertWithin(read.fields, 0, message.bytes.length)
      assertTiled(read.fields, message.bytes.length)
    }
  })

function assertWithin(fields: readonly Field[], start: number, end: number): void {
  for (const field of fields) {
    assert.ok(field.start >= start && field.end <= end && field.start <= field.end, `${field.name} leaves its parent`)
    assertWithin(field.children ?? [], field.start, field.end)
  }
}

function assertTiled(fields: readonly Field[], length: number): void {
  let at = 0
  for (const leaf of leaves(fields)) {
    assert.equal(leaf.start, at, `gap before ${leaf.name}`)
    at = leaf.end
  }
  assert.equal(at, length)
}

/** What must hold of the answer to any bytes at all. */
function assertHonest(read: ReadMessage, length: number): void {
  assertWithin(read.fields, 0, length)
  if (read.value.name === 'unknown' && read.name !== 'unknown') assert.match(read.malformed ?? '', / at byte \d+$/)
}

test('a message that is cut anywhere is malformed, with the place, and never an exception', () => {
  for (const [, message] of all)
    for (let end = 0; end < message.bytes.length; end++) {
      const read = readFixture({ ...message, bytes: message.bytes.subarray(0, end) })
      assert.match(read.malformed ?? '', / at byte \d+$/)
      assertWithin(read.fields, 0, end)
    }
})

test('a message that is cut and has its length mended is still no exception', () => {
  for (const [, message] of all.filter(([name]) => name.startsWith('openssl')))
    if (message.protocol === 'Handshake')
      for (let end = 4; end < message.bytes.length; end++) {
        const bytes = message.bytes.slice(0, end)
        bytes.set([0, (end - 4) >> 8, (end - 4) & 0xff], 1)
        assertHonest(readFixture({ ...message, bytes }), end)
      }
})

test('every single byte changed gives a value or a malformed message', () => {
  const small = ['openssl-tls13', 'openssl-tls13-retry', 'openssl-tls12-dhe', 'openssl-tls12-psk', 'gnutls']
  for (const message of small.flatMap(fixtureMessages)) flipEvery(message, [0x01, 0x80, 0xff])
  flipEvery(fixtureMessages('chromium')[0]!, [0xff])
})

function flipEvery(message: FixtureMessage, masks: readonly number[]): void {
  for (let at = 0; at < message.bytes.length; at++)
    for (const mask of masks) {
      const bytes = message.bytes.slice()
      bytes[at]! ^= mask
      assertHonest(readFixture({ ...message, bytes }), bytes.length)
    }
}

const context = fc.record({
  direction: fc.constantFrom('to-server' as const, 'to-client' as const),
  version: fc.constantFrom(0x0300, 0x0301, 0x0303, 0x0304, 0x7f1c),
  cipherSuite: fc.constantFrom(0x1301, 0xc02f, 0x009e, 0x002f, 0x008c, 0xc037, 0x0003, 0xc01d, 0x001e, 0xffff),
})

test('random bytes behind a right header give a value or a malformed message', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 80 }), fc.uint8Array({ maxLength: 300 }), context, (type, body, given) => {
      const bytes = new Uint8Array([type, 0, body.length >> 8, body.length & 0xff, ...body])
      assertHonest(readHandshakeMessage(bytes, given), bytes.length)
    }),
    { numRuns: 2000 },
  )
})

test('random bytes are never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), context, (bytes, given) => {
      assertHonest(readHandshakeMessage(bytes, given), bytes.length)
      assertHonest(readAlert(bytes), bytes.length)
      assertHonest(readChangeCipherSpec(bytes), bytes.length)
      for (const read of [readClientHello, readServerHello]) assert.throws(() => read(bytes), MalformedError)
    }),
    { numRuns: 1000 },
  )
})

test('what lies behind a message in the same buffer is not read', () => {
  for (const [, message] of all) {
    const larger = new Uint8Array(message.bytes.length + 64).fill(0xaa)
    larger.set(message.bytes, 7)
    const bytes = larger.subarray(7, 7 + message.bytes.length)
    assert.deepEqual(readFixture({ ...message, bytes }).fields, readFixture(message).fields)
  }
})

test('a value does not depend on the field tree: the same is read without', () => {
  for (const [, { bytes, protocol, context }] of all) {
    if (protocol !== 'Handshake') continue
    const whole = readHandshakeMessage(bytes, context)
    assert.deepEqual(readHandshakeMessage(bytes, context, false), { ...whole, fields: [] })
    if (!('hello' in whole.value)) continue
    assert.deepEqual(bytes[0] === 1 ? readClientHello(bytes) : readServerHello(bytes), whole.value.hello)
  }
})

test('the readers of a hello refuse another message by name of its type', () => {
  assert.throws(
    () => readClientHello(fromHex('0e000000')),
    /^MalformedError: handshake type 14 instead of 1 at byte 0$/,
  )
})

test('a length that is not the length of the message is malformed', () => {
  const read = readHandshakeMessage(fromHex('0e000001'), { direction: 'to-client' })
  assert.equal(read.name, 'server_hello_done')
  assert.equal(read.malformed, 'length says 1 bytes, 0 are here at byte 4')
})

test('a type that is not known keeps its number and its bytes', () => {
  const read = readHandshakeMessage(fromHex('63000002abcd'), { direction: 'to-client' })
  assert.deepEqual(read.value, { name: 'unknown', type: 0x63 })
  assert.equal(shownOf(read.fields, 'data'), 'abcd')
  assert.equal(read.malformed, undefined)
})

test('the story of each handshake is told in the right order', () => {
  const story = (name: string) => readAll(name).map(message => message.name)
  assert.deepEqual(story('openssl-tls13').slice(0, 9), [
    'client_hello',
    'server_hello',
    'change_cipher_spec',
    'encrypted_extensions',
    'certificate',
    'certificate_verify',
    'finished',
    'finished',
    'new_session_ticket',
  ])
  assert.deepEqual(story('openssl-tls13-retry').slice(0, 5), [
    'client_hello',
    'hello_retry_request',
    'change_cipher_spec',
    'client_hello',
    'server_hello',
  ])
  assert.ok(story('openssl-tls13-resumption').includes('end_of_early_data'))
  assert.ok(story('openssl-tls13-key-update').includes('key_update'))
  assert.ok(story('openssl-tls12-dhe').includes('server_key_exchange'))
})

test('a hello of Chromium names everything that it offers', () => {
  const hello = readClientHello(clientHellos.find(([name]) => name === 'chromium')![1])
  assert.equal(hello.serverName, 'localhost')
  assert.deepEqual(hello.alpn, ['h2', 'http/1.1'])
  assert.deepEqual(hello.supportedVersions?.slice(1), [0x0304, 0x0303])
  assert.deepEqual(
    hello.keyShares?.slice(1).map(share => [share.group, share.keyExchange.length]),
    [
      [4588, 1216],
      [29, 32],
    ],
  )
  assert.equal(hello.statusRequest, true)
  assert.equal(hello.earlyData, false)
})
