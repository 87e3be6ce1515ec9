import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { clearRecord } from '../../../../src/wire/tls/client/records/clear-record.ts'
import { Opener } from '../../../../src/wire/tls/client/records/opener.ts'
import { Sealer } from '../../../../src/wire/tls/client/records/sealer.ts'
import { ServerRecords } from '../../../../src/wire/tls/client/server-records.ts'
import { recordAlgorithm } from '../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../src/wire/tls/registry/cipher-suite-facts.ts'

const tls13 = 0x0304
const passes = (): { readonly told: [string, number | undefined][]; readonly server: ServerRecords } => {
  const told: [string, number | undefined][] = []
  return { told, server: new ServerRecords((bytes, type) => told.push([Buffer.from(bytes).toString('hex'), type])) }
}
const hexes = (...all: readonly Buffer[]): string => Buffer.concat(all).toString('hex')

test('records are the same however the network cuts them, and every byte is passed once', () => {
  const records = [
    clearRecord(22, 0x0303, randomBytes(300)),
    clearRecord(23, 0x0303, Buffer.alloc(0)),
    clearRecord(21, 0x0303, Buffer.of(1, 0)),
  ]
  const all = Buffer.concat(records)
  for (const size of [1, 2, 4, 5, 6, 300, 400]) {
    const { told, server } = passes()
    const found: Buffer[] = []
    for (let at = 0; at < all.length; at += size) {
      server.feed(all.subarray(at, at + size))
      for (let next = server.next(); next; next = server.next())
        found.push(clearRecord(next.type, 0x0303, next.content))
    }
    assert.deepEqual(found, records)
    assert.deepEqual(
      told,
      records.map(record => [record.toString('hex'), record[0]]),
    )
    assert.equal(server.unfinished.length, 0)
  }
})

test('a sealed record is passed with the type inside, and one that does not open with its own', () => {
  const algorithm = recordAlgorithm(cipherSuiteFacts(0x1301)!, tls13)
  const keys = { key: randomBytes(16), iv: randomBytes(12) }
  const { told, server } = passes()
  server.version = tls13
  server.opener = new Opener(tls13, algorithm, keys)
  const sealer = new Sealer(tls13, algorithm, keys)
  const seal = (): Buffer => {
    const out = Buffer.alloc(200)
    return out.subarray(0, sealer.seal(22, Buffer.from('message'), out, 0))
  }
  const good = seal()
  const bad = seal()
  bad[bad.length - 1]! ^= 1
  const change = clearRecord(20, 0x0303, Buffer.of(1))
  server.feed(Buffer.concat([change, good, bad, Buffer.from('rest')]))
  assert.deepEqual(server.next(), { type: 20, content: Buffer.of(1) })
  assert.deepEqual(server.next(), { type: 22, content: Buffer.from('message') })
  assert.throws(() => server.next(), { alert: 20 })
  server.discard()
  assert.deepEqual(told, [
    [hexes(change), 20],
    [hexes(good), 22],
    [hexes(bad), 23],
    [hexes(Buffer.from('rest')), undefined],
  ])
})

test('what is held is read afterwards, in order, from a copy', () => {
  const { server } = passes()
  const chunk = Buffer.concat([1, 2, 3].map(n => clearRecord(22, 0x0303, Buffer.of(n))))
  server.feed(chunk)
  assert.deepEqual(server.next()?.content, Buffer.of(1))
  server.hold()
  chunk.fill(0)
  server.feed(clearRecord(22, 0x0303, Buffer.of(4)))
  server.hold()
  for (const n of [2, 3, 4]) assert.deepEqual(server.next()?.content, Buffer.of(n))
  server.feed(Buffer.alloc(300_000))
  assert.throws(() => server.hold(), { code: 'flood' })
})

test('what is no record is refused as early as it can be, and passed as it is', () => {
  for (const [first, code, alert] of [
    ['HTTP/1.1 400 Bad Request\r\n', 'not-tls', 70],
    ['\x16\x02\x00\x00\x05hello', 'not-tls', 70],
    ['\x16\x03\x03\x48\x01', 'record-overflow', 22],
  ] as const)
    for (const size of [1, 100]) {
      const { told, server } = passes()
      const bytes = Buffer.from(first, 'latin1')
      const feed = (): void => {
        for (let at = 0; at < bytes.length; at += size) {
          server.feed(bytes.subarray(at, at + size))
          assert.equal(server.next(), undefined)
        }
      }
      assert.throws(feed, { code, alert })
      server.discard()
      const passed = told.map(([hex]) => hex).join('')
      assert.ok(hexes(bytes).startsWith(passed) && passed.length >= 10, passed)
      assert.ok(told.every(([, type]) => type === undefined))
    }
})

test('behind a first record what is none has an alert of its own', () => {
  for (const [bytes, alert] of [
    [[25, 3, 3, 0, 1], 10],
    [[22, 2, 0, 0, 1], 70],
  ] as const) {
    const { server } = passes()
    server.feed(Buffer.concat([clearRecord(22, 0x0303, Buffer.of(1)), Buffer.from(bytes)]))
    assert.ok(server.next())
    assert.throws(() => server.next(), { alert })
  }
})

test('a record in clear is refused where they are sealed', () => {
  const { server } = passes()
  server.version = tls13
  server.opener = new Opener(tls13, recordAlgorithm(cipherSuiteFacts(0x1301)!, tls13), {
    key: randomBytes(16),
    iv: randomBytes(12),
  })
  server.feed(clearRecord(21, 0x0303, Buffer.of(2, 40)))
  assert.throws(() => server.next(), { alert: 10 })
})
