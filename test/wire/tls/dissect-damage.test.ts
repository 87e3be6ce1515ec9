import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import type { LegCapture } from '../../../src/wire/tls/capture.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { readRecords } from '../../../src/wire/tls/record-reader.ts'
import { bytesOf, directions, dropBodies, flip, split, truncate, withChunks } from './capture-edits.ts'
import { assertSound, checksIn, codesOf, namesOf } from './expect-handshake.ts'
import { noEncryptThenMac, tlsPair } from './record-pair.ts'
import { identity } from './test-certificates.ts'

const rsa = identity('rsa')
const captures = new Map<string, LegCapture>()

before(async () => {
  const old = { ciphers: 'AES128-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0', secureOptions: noEncryptThenMac }
  const record = async (name: string, server: object, client: object): Promise<void> => {
    captures.set(name, (await tlsPair({ server: { ...rsa, ...server } }).connect(client)).capture)
  }
  await record('1.3', {}, { ecdhCurve: 'X25519' })
  await record('1.2', {}, { maxVersion: 'TLSv1.2' })
  await record('1.0', { ...old, minVersion: 'TLSv1' }, { ...old, minVersion: 'TLSv1', maxVersion: 'TLSv1' })
})

const named = fc.constantFrom('1.3', '1.2', '1.0')
const direction = fc.constantFrom(...directions)

test('no byte flip, cut or foreign byte makes it throw, and what it tells stays in bounds', () => {
  fc.assert(
    fc.property(named, direction, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(), (name, way, at, mask, cut) => {
      const whole = captures.get(name)!
      const size = bytesOf(whole, way).length
      const handshake = dissect(truncate(flip(whole, way, at % size, mask), way, size - (cut % size)))
      for (const message of handshake.messages)
        for (const index of message.records) assert.ok(index < handshake.records.length)
      assert.ok(handshake.problems.length <= 51)
    }),
    { numRuns: 300 },
  )
})

test('random bytes are no TLS, and never throw', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  const prefix = fc.constantFrom(
    [],
    [22, 3, 1, 0, 60],
    [22, 3, 3, 0, 20, 2, 0, 0, 16],
    [23, 3, 3, 0, 9],
    [128, 40, 1, 3],
  )
  fc.assert(
    fc.property(prefix, bytes, prefix, bytes, (a, b, c, d) => {
      const chunk = (start: readonly number[], rest: Uint8Array) => [
        { at: 0, offset: 0, bytes: Uint8Array.from([...start, ...rest]) },
      ]
      dissect({
        chunks: { 'to-server': chunk(a, b), 'to-client': chunk(c, d) },
        headers: { 'to-server': [], 'to-client': [] },
        keyLog: [],
        tlsStartsAt: { toServer: 0, toClient: 0 },
      })
    }),
    { numRuns: 500 },
  )
})

test('records shuffled, repeated and mixed between connections never make it throw', () => {
  const pool = [...captures.values()].flatMap(capture =>
    directions.flatMap(way => {
      const all = bytesOf(capture, way)
      return readRecords(capture, way).records.map(({ offset, length }) => all.subarray(offset, offset + 5 + length))
    }),
  )
  const keyLog = [...captures.values()].flatMap(capture => capture.keyLog)
  const pick = fc.array(fc.nat({ max: pool.length - 1 }), { maxLength: 12 })
  const chunksOf = (indexes: readonly number[]) => {
    let offset = 0
    return indexes.map((index, at) => {
      const chunk = { at, offset, bytes: pool[index]! }
      offset += chunk.bytes.length
      return chunk
    })
  }
  fc.assert(
    fc.property(pick, pick, (server, client) => {
      const { records } = dissect({
        chunks: { 'to-server': chunksOf(server), 'to-client': chunksOf(client) },
        headers: { 'to-server': [], 'to-client': [] },
        keyLog,
        tlsStartsAt: { toServer: 0, toClient: 0 },
      })
      assert.equal(records.length, server.length + client.length)
    }),
    { numRuns: 300 },
  )
})

test('the network cuts do not matter', () => {
  for (const capture of captures.values())
    for (const size of [1, 2, 3, 5, 7, 100, 1000]) {
      const cut = split(split(capture, 'to-server', size), 'to-client', size)
      const handshake = dissect(cut)
      assertSound(handshake)
      assert.deepEqual(structuredClone(handshake), structuredClone(dissect(capture))) // Buffer or not is no matter
    }
})

test('a clock that stands still does not change the order', () => {
  for (const capture of captures.values()) {
    let still = capture
    for (const way of directions)
      still = withChunks(
        still,
        way,
        still.chunks[way].map(chunk => ({ ...chunk, at: 5 })),
      )
    const handshake = dissect(still)
    assertSound(handshake)
    assert.deepEqual(handshake.negotiated, dissect(capture).negotiated)
  }
})

test('seen live, a sound handshake is pending, then established, and never failed', () => {
  for (const capture of captures.values()) {
    const chunks = directions.flatMap(way => capture.chunks[way].map(chunk => ({ way, chunk })))
    chunks.sort((a, b) => a.chunk.at - b.chunk.at)
    const outcomes = new Set<string>()
    for (let count = 0; count <= chunks.length; count++) {
      const seen = chunks.slice(0, count)
      const of = (way: string) => seen.filter(entry => entry.way === way).map(entry => entry.chunk)
      const live = dissect({ ...capture, chunks: { 'to-server': of('to-server'), 'to-client': of('to-client') } })
      outcomes.add(live.outcome)
      assert.ok(!checksIn(live).some(check => check.endsWith('false')))
    }
    assert.deepEqual([...outcomes], ['none', 'pending', 'established'])
  }
})

test('without keys the part in clear is told', () => {
  for (const [name, capture] of captures) {
    const handshake = dissect({ ...capture, keyLog: [] })
    assert.equal(handshake.outcome, 'established', name)
    assert.deepEqual(handshake.keys, [])
    assert.ok(namesOf(handshake).includes('< server_hello'))
    assert.ok(handshake.records.some(record => record.encrypted && !record.opened))
    assert.match(
      handshake.problems.join(),
      name === '1.3' ? /no SERVER_HANDSHAKE_TRAFFIC_SECRET/ : /no CLIENT_RANDOM line/,
    )
    assert.equal(handshake.serverCertificates.length, name === '1.3' ? 0 : 1)
  }
})

test('wrong keys open nothing, and say so once for each direction', () => {
  for (const [name, capture] of captures) {
    const keyLog = capture.keyLog.map(line => line.replace(/.$/, last => (last === '0' ? '1' : '0')))
    const handshake = dissect({ ...capture, keyLog })
    assert.ok(!namesOf(handshake).includes('> finished'), name)
    assert.ok(handshake.problems.length >= 2 && handshake.problems.length <= 4, handshake.problems.join('\n'))
    assert.match(handshake.problems.join(), /tag does not match|MAC does not match|padding is wrong/)
  }
})

for (const label of ['SERVER_HANDSHAKE_TRAFFIC_SECRET', 'SERVER_TRAFFIC_SECRET_0', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'])
  test(`a key log without ${label} leaves checks open rather than failed`, () => {
    const capture = captures.get('1.3')!
    const handshake = dissect({ ...capture, keyLog: capture.keyLog.filter(line => !line.startsWith(label)) })
    assert.deepEqual(
      checksIn(handshake).filter(check => check.endsWith('false')),
      [],
    )
    assert.match(handshake.problems[0] ?? '', new RegExp(label))
  })

/** Where a message's bytes begin in the TCP payload; only for messages in clear that have a record of their own. */
function placeOf(capture: LegCapture, name: string): { way: (typeof directions)[number]; at: number; size: number } {
  const handshake = dissect(capture)
  const message = handshake.messages.find(m => m.name === name)!
  const record = handshake.records[message.records[0]!]!
  const all = bytesOf(capture, message.direction)
  const at = all.indexOf(message.bytes, record.offset)
  return { way: message.direction, at, size: message.bytes.length }
}

test('one flipped byte of a TLS 1.2 signature fails it and both Finished, and nothing else', () => {
  const capture = captures.get('1.2')!
  const { way, at, size } = placeOf(capture, 'server_key_exchange')
  const handshake = dissect(flip(capture, way, at + size - 1))
  assert.deepEqual(checksIn(handshake), [
    'to-client server_key_exchange signature false',
    'to-server finished verify_data false',
    'to-client finished verify_data false',
  ])
})

test('one flipped byte of the ClientHello fails every check of TLS 1.3 that covers it', () => {
  const capture = captures.get('1.3')!
  const { way, at, size } = placeOf(capture, 'client_hello')
  const handshake = dissect(flip(capture, way, at + size - 1))
  assert.deepEqual(checksIn(handshake), [
    'to-client certificate_verify signature false',
    'to-client finished verify_data false',
    'to-server finished verify_data false',
  ])
})

test('after records of which only the header was kept the later ones still open', () => {
  for (const [name, capture] of captures) {
    const whole = dissect(capture)
    const isData = new Set(
      whole.records.filter(r => (r.innerType ?? r.type) === 23).map(r => `${r.direction} ${r.offset}`),
    )
    const kept = dropBodies(capture, ({ direction: way, index }) => {
      const records = whole.records.filter(record => record.direction === way)
      return isData.has(`${way} ${records[index]?.offset}`)
    })
    const handshake = dissect(kept)
    assert.deepEqual(handshake.problems, name === '1.0' ? handshake.problems : [])
    assert.deepEqual(
      handshake.messages.filter(m => m.name !== 'alert').map(m => m.checks),
      whole.messages.filter(m => m.name !== 'alert').map(m => m.checks),
    )
    assert.equal(handshake.outcome, 'established')
    if (name === '1.0') assert.match(handshake.problems.join(), /TLS 1.0 takes its IV from there/)
    else assert.ok(namesOf(handshake).includes('< alert'))
  }
})

test('a ClientHello in two records is told as split', () => {
  const capture = captures.get('1.3')!
  const bytes = bytesOf(capture, 'to-server')
  const length = bytes.readUInt16BE(3)
  const record = (part: Buffer) => Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part])
  const body = bytes.subarray(5, 5 + length)
  const at = capture.chunks['to-server'][0]!.at
  const hello = Buffer.concat([record(body.subarray(0, 100)), record(body.subarray(100))])
  const rest = capture.chunks['to-server']
    .filter(chunk => chunk.offset >= 5 + length)
    .map(chunk => ({ ...chunk, offset: chunk.offset + 5 }))
  const handshake = dissect(withChunks(capture, 'to-server', [{ at, offset: 0, bytes: hello }, ...rest]))
  assertSound(handshake)
  assert.ok(codesOf(handshake).includes('split-client-hello'))
  assert.deepEqual(handshake.messages[0]?.records, [0, 1])
})

test('a ClientHello in SSL 2.0 form is the first message, and the reading goes on after it', () => {
  const hello = [0x80, 28, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 47, ...Array(16).fill(9), 21, 3, 1, 0, 2, 2, 70]
  const { messages, records, problems, outcome } = dissect({
    chunks: { 'to-server': [{ at: 0, offset: 0, bytes: Uint8Array.from(hello) }], 'to-client': [] },
    headers: { 'to-server': [], 'to-client': [] },
    keyLog: [],
    tlsStartsAt: { toServer: 0, toClient: 0 },
  })
  assert.deepEqual(
    messages.map(({ name, bytes }) => [name, bytes.length]),
    [
      ['client_hello', 30],
      ['alert', 2],
    ],
  )
  assert.deepEqual([records.length, problems, outcome], [2, [], 'failed'])
})

const flood = (record: readonly number[], count: number): Uint8Array => {
  const bytes = new Uint8Array(record.length * count)
  for (let i = 0; i < count; i++) bytes.set(record, i * record.length)
  return bytes
}
for (const [what, record] of [
  ['empty handshake records', [22, 3, 3, 0, 0]],
  ['one-byte pieces of a long message', [22, 3, 3, 0, 1, 0]],
  ['Finished messages', [22, 3, 3, 0, 4, 20, 0, 0, 0]],
  ['alerts', [21, 3, 3, 0, 2, 1, 90]],
  ['key updates', [22, 3, 3, 0, 5, 24, 0, 0, 1, 0]],
] as const)
  test(`a flood of ${what} is read in bounded work and memory`, () => {
    const capture = captures.get('1.2')!
    const hello = bytesOf(capture, 'to-server').subarray(0, 5 + bytesOf(capture, 'to-server').readUInt16BE(3))
    const bytes = Buffer.concat([hello, flood(record, 30_000)])
    const chunks = { ...capture.chunks, 'to-server': [{ at: 0, offset: 0, bytes }] }
    const handshake = dissect({ ...capture, chunks })
    assert.ok(handshake.records.length > 30_000)
    assert.ok(handshake.messages.length <= 10_000)
  })
