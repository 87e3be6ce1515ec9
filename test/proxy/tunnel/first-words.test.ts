import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import fc from 'fast-check'
import { Once } from '../../../src/proxy/once.ts'
import type { WireTap } from '../../../src/proxy/socket/wire-tap.ts'
import { type FirstWords, firstWords, peekHello } from '../../../src/proxy/tunnel/first-words.ts'
import { everySplit } from '../../wire/every-split.ts'
import { helloMessage, inRecords } from '../hello-bytes.ts'

/** The first answer that comes while the bytes come, as peekHello would have it. */
function gradual(): { push(bytes: Uint8Array): void; answer(): FirstWords | undefined } {
  let bytes = Buffer.alloc(0)
  let words: FirstWords | undefined
  return {
    push(more) {
      bytes = Buffer.concat([bytes, more])
      words ??= firstWords(bytes)
    },
    answer: () => words,
  }
}

const message = helloMessage()

const recordsOf = (...lengths: readonly number[]) => ({ version: 0x0301, lengths })
const inOne = recordsOf(message.length)
const cut = (most: number) =>
  recordsOf(
    ...Array.from({ length: Math.ceil(message.length / most) }, (_, i) => Math.min(most, message.length - i * most)),
  )

test('a hello is found wherever the network cuts it', () => {
  assert.deepEqual(everySplit(inRecords(message), gradual), { kind: 'hello', message, records: inOne })
})

test('a hello over many records is put together, down to one byte a record', () => {
  for (const most of [1, 3, 4, 5, 100])
    assert.deepEqual(
      firstWords(inRecords(message, most)),
      { kind: 'hello', message, records: cut(most) },
      `${most} bytes a record`,
    )
  assert.deepEqual(everySplit(inRecords(message, 50), gradual), { kind: 'hello', message, records: cut(50) })
})

test('what follows the hello does not belong to it', () => {
  const more = Buffer.concat([inRecords(message), Buffer.from([20, 3, 3, 0, 1, 1])])
  assert.deepEqual(firstWords(more), { kind: 'hello', message, records: inOne })
})

test('an empty record before the hello is passed over', () => {
  const bytes = Buffer.concat([Buffer.from([22, 3, 1, 0, 0]), inRecords(message)])
  assert.deepEqual(firstWords(bytes), { kind: 'hello', message, records: recordsOf(0, message.length) })
})

test('nothing is said while a hello may still become whole', () => {
  const bytes = inRecords(message)
  for (let length = 0; length < bytes.length; length++)
    assert.equal(firstWords(bytes.subarray(0, length)), undefined, `after ${length} bytes`)
})

const texts: Readonly<Record<string, readonly [Buffer, FirstWords['kind']]>> = {
  HTTP: [Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'not-tls'],
  'the HTTP/2 preface': [Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'not-tls'],
  SSH: [Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'), 'not-tls'],
  'a zero': [Buffer.alloc(20), 'not-tls'],
  'an SSLv2 ClientHello': [Buffer.from([0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10]), 'odd-tls'],
  'something like SSLv2': [Buffer.from([0x80, 0x2e, 9, 0, 2]), 'not-tls'],
  'garbage with the high bit': [Buffer.alloc(20, 0xff), 'not-tls'],
  'a record of version 9': [Buffer.from([22, 9, 1, 0, 5, 1, 0, 0, 1, 0]), 'not-tls'],
  'a ServerHello': [inRecords(Buffer.from([2, 0, 0, 1, 0])), 'odd-tls'],
  'an alert after half a hello': [
    Buffer.concat([inRecords(message.subarray(0, 30)), Buffer.from([21, 3, 1, 0, 2, 2, 40])]),
    'odd-tls',
  ],
  'a hello of 16 MB': [inRecords(Buffer.from([1, 0xff, 0xff, 0xff])), 'odd-tls'],
}
for (const [name, [bytes, kind]] of Object.entries(texts)) {
  test(`${name} is ${kind}, wherever it is cut`, () => {
    assert.equal(everySplit(bytes, gradual)?.kind, kind)
  })
}

test('every sequence of bytes is judged before it is longer than the longest hello', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), bytes => {
      const padded = Buffer.concat([Buffer.from(bytes), Buffer.alloc(150_000)])
      assert.notEqual(firstWords(padded), undefined)
    }),
    { numRuns: 50 },
  )
})

/** As much of a WireTap as peekHello asks for. */
class FakeTap extends EventEmitter {
  unread = Buffer.alloc(0)
  running = false
  resume(): this {
    this.running = true
    return this
  }
  pause(): this {
    this.running = false
    return this
  }
  unshift(bytes: Buffer): void {
    this.unread = Buffer.concat([bytes, this.unread])
  }
}

function peek(silentAfter = 60_000): { tap: FakeTap; hurry: Once; words: Promise<FirstWords> } {
  const tap = new FakeTap()
  const hurry = new Once()
  return { tap, hurry, words: peekHello(tap as unknown as WireTap, silentAfter, hurry) }
}

function letGo(tap: FakeTap, unread: Buffer): void {
  assert.deepEqual(tap.unread, unread)
  assert.equal(tap.running, false)
  assert.deepEqual(tap.eventNames(), [])
}

test('peeking leaves every byte unread and the tap paused without listeners', async () => {
  const { tap, words } = peek()
  const bytes = Buffer.concat([inRecords(message), Buffer.from('more')])
  tap.emit('data', bytes.subarray(0, 20))
  tap.emit('data', bytes.subarray(20))
  assert.deepEqual(await words, { kind: 'hello', message, records: inOne })
  letGo(tap, bytes)
})

test('a client that ends before its hello is whole is gone, with the number of its bytes', async () => {
  for (const how of ['end', 'close']) {
    const { tap, words } = peek()
    tap.emit('data', inRecords(message).subarray(0, 20))
    tap.emit(how)
    assert.deepEqual(await words, { kind: 'gone', bytes: 20 })
    letGo(tap, inRecords(message).subarray(0, 20))
  }
})

test('a client that says nothing in time is silent', async () => {
  const { tap, words } = peek(1)
  assert.deepEqual(await words, { kind: 'silent', bytes: 0 })
  letGo(tap, Buffer.alloc(0))
})

test('hurrying ends the wait for a client that has said nothing', async () => {
  const { tap, hurry, words } = peek()
  hurry.happen()
  assert.deepEqual(await words, { kind: 'silent', bytes: 0 })
  letGo(tap, Buffer.alloc(0))
})

test('hurrying does not cut short a client that has begun', async () => {
  const { tap, hurry, words } = peek()
  const bytes = inRecords(message)
  tap.emit('data', bytes.subarray(0, 9))
  hurry.happen()
  tap.emit('data', bytes.subarray(9))
  assert.equal((await words).kind, 'hello')
})
