import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Framing } from '../../../src/wire/http1/framing.ts'
import { MessageReader } from '../../../src/wire/http1/message-reader.ts'
import { everySplit } from '../every-split.ts'

const none: Framing = { body: 'none', length: 0, after: 'next' }

/** A reader whose heads say by their first word what follows them. */
function reading(framings: Record<string, Framing | undefined>) {
  const told: string[] = []
  const join = (kind: string, bytes: Uint8Array) => {
    const last = told.at(-1)
    const text = Buffer.from(bytes).toString('latin1')
    if (last?.startsWith(kind)) told[told.length - 1] = last + text
    else told.push(`${kind} ${text}`)
  }
  const reader = new MessageReader('request', {
    head: text => {
      const name = text.split('\r\n')[0]!
      told.push(`head ${name}`)
      return framings[name]
    },
    body: bytes => join('body', bytes),
    dropped: length => void told.push(`dropped ${length}`),
    end: trailers => void told.push(trailers ? `end ${trailers.length}` : 'end'),
    raw: bytes => join('raw', bytes),
    fault: fault => void told.push(fault.code),
  })
  return { reader, told, push: (bytes: Uint8Array) => reader.push(bytes), answer: () => [...told, reader.state] }
}
const read = (text: string, framings: Record<string, Framing | undefined>) =>
  everySplit(Buffer.from(text, 'latin1'), () => reading(framings))

test('messages follow each other, and empty lines between them are passed over', () => {
  const text = 'a\r\n\r\nhello\r\n\r\nb\r\n\r\n2\r\nxy\r\n0\r\nt: 1\r\n\r\nc\r\n\r\n'
  const framings = { a: { ...none, body: 'length', length: 5 }, b: { ...none, body: 'chunked' }, c: none } as const
  assert.deepEqual(read(text, framings), [
    'head a',
    'body hello',
    'end',
    'head b',
    'body xy',
    'end 1',
    'head c',
    'end',
    'head',
  ])
})

test('bytes after the last message are told once', () => {
  assert.deepEqual(read('a\r\n\r\n\r\nxy', { a: { ...none, after: 'close' } }), [
    'head a',
    'end',
    'http1/bytes-after-close',
    'lost',
  ])
})

test('what cannot start a message stops the reading', () => {
  assert.deepEqual(read('\x16\x03\x01', {}), ['http1/not-http', 'lost'])
  assert.deepEqual(read('x\r\n\r\nmore', {}), ['head x', 'lost'])
})

test('what follows a held message waits for the answer', () => {
  const hold = { a: { ...none, after: 'hold' }, b: none } as const
  const refused = reading(hold)
  refused.push(Buffer.from('a\r\n\r\nb\r\n\r\n'))
  assert.deepEqual(refused.answer(), ['head a', 'end', 'held'])
  refused.reader.release()
  assert.deepEqual(refused.answer(), ['head a', 'end', 'head b', 'end', 'head'])
  const granted = reading(hold)
  granted.push(Buffer.from('a\r\n\r\nb\r\n'))
  granted.reader.upgrade()
  granted.push(Buffer.from('c'))
  assert.deepEqual(granted.answer(), ['head a', 'end', 'raw b\r\nc', 'raw'])
})

test('an answer that comes before the message has ended is not forgotten', () => {
  const { reader, push, answer } = reading({ a: { body: 'length', length: 2, after: 'hold' } })
  push(Buffer.from('a\r\n\r\nx'))
  reader.release()
  push(Buffer.from('y'))
  assert.deepEqual(answer(), ['head a', 'body xy', 'end', 'head'])
})

test('too much that is held stops the reading', () => {
  const { push, answer } = reading({ a: { ...none, after: 'hold' } })
  push(Buffer.from('a\r\n\r\n'))
  push(new Uint8Array(256 * 1024))
  push(new Uint8Array(1))
  assert.deepEqual(answer(), ['head a', 'end', 'http1/held-too-much', 'lost'])
})

test('a gap is a hole in a body; behind one elsewhere, reading goes on where a message begins', () => {
  const framings = { a: { ...none, body: 'length', length: 5 } } as const
  const fits = reading(framings)
  fits.push(Buffer.from('a\r\n\r\nx'))
  fits.reader.gap(4)
  fits.push(Buffer.from('a\r\n\r\n'))
  assert.deepEqual(fits.answer(), ['head a', 'body x', 'dropped 4', 'end', 'head a', 'length'])
  fits.reader.gap(6)
  assert.deepEqual(fits.answer().slice(-4), ['dropped 5', 'end', 'http1/gap', 'missed'])
  fits.push(Buffer.from('xyz'))
  fits.reader.turn()
  fits.push(Buffer.from('GET /abcd'))
  fits.push(Buffer.from(' HTTP/1.1\r\n\r\n'))
  assert.deepEqual(fits.answer().slice(-2), ['head GET /abcd HTTP/1.1', 'lost'])
})

test('the end inside a head or a body is told, between messages it is not', () => {
  for (const [text, expected] of [
    ['', []],
    ['a\r\n\r\n12345', []],
    ['a\r\n', ['http1/incomplete-message']],
    ['a\r\n\r\n1234', ['http1/incomplete-message']],
  ] as const) {
    const { reader, push, told } = reading({ a: { ...none, body: 'length', length: 5 } })
    push(Buffer.from(text))
    reader.finish()
    assert.deepEqual(
      told.filter(line => line.startsWith('http1')),
      expected,
      text,
    )
  }
})

test('a body until close ends with the connection', () => {
  const { reader, push, answer } = reading({ a: { ...none, body: 'until-close', after: 'close' } })
  push(Buffer.from('a\r\n\r\nx'))
  reader.finish()
  assert.deepEqual(answer(), ['head a', 'body x', 'end', 'closed'])
})
