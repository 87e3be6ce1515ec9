import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { deflateParameters, MessageInflater } from '../../../src/view/frames/websocket-inflate.ts'
import { deflated, message } from '../make-messages.ts'

const header = (value: string) => [['Sec-WebSocket-Extensions', value] as const]
const takeover = deflateParameters(header('permessage-deflate'))
const noTakeover = deflateParameters(header('x, permessage-deflate; server_no_context_takeover'))
const first = 'a long sentence that comes again'
const compressed = { compressed: true }

test('what was agreed on is read from the answer', () => {
  assert.deepEqual(noTakeover, { noContextTakeover: { 'to-server': false, 'to-client': true } })
  assert.equal(deflateParameters(header('x-webkit-deflate-frame')), undefined)
  assert.equal(deflateParameters([]), undefined)
})

test('with context takeover a message refers to those before it, in its own direction', () => {
  const inflater = new MessageInflater(takeover)
  const again = deflated(`${first}!`, first)
  assert.ok(again.length < 12, `${again.length} bytes: it refers back`)
  const texts = [
    message(0, deflated(first), compressed),
    message(1, deflated('mine'), { ...compressed, direction: 'to-server' }),
    message(2, 'not compressed'),
    message(3, again, compressed),
  ].map(each => Buffer.from(inflater.push(each).bytes).toString())
  assert.deepEqual(texts, [first, 'mine', 'not compressed', `${first}!`])
})

test('without context takeover a message stands alone, even after one that is missing', () => {
  const inflater = new MessageInflater(noTakeover)
  assert.equal(Buffer.from(inflater.push(message(7, deflated(first), compressed)).bytes).toString(), first)
  assert.equal(inflater.next, 8)
})

test('a message that may refer to one that is not known stays compressed, with the reason', () => {
  const inflater = new MessageInflater(takeover)
  assert.match(inflater.push(message(1, deflated(first), compressed)).problem ?? '', /an earlier message/)
  const cut = new MessageInflater(takeover)
  assert.match(cut.push(message(0, deflated(first), { ...compressed, length: 99 })).problem ?? '', /not kept whole/)
  assert.match(cut.push(message(1, deflated(first), compressed)).problem ?? '', /an earlier message/)
})

test('a message that grows past the cap stays as it is', () => {
  const inflater = new MessageInflater(takeover, 1000)
  const bomb = deflated('0'.repeat(100_000))
  const { bytes, problem } = inflater.push(message(0, bomb, compressed))
  assert.equal(bytes, bomb)
  assert.match(problem ?? '', /past 1000 bytes/)
})

test('more than a window of text still refers back rightly', () => {
  const inflater = new MessageInflater(takeover)
  const long = Array.from({ length: 8000 }, (_, i) => `${i} `).join('')
  inflater.push(message(0, deflated(long), compressed))
  const { bytes } = inflater.push(message(1, deflated(long.slice(-500), long.slice(-32_768)), compressed))
  assert.equal(Buffer.from(bytes).toString(), long.slice(-500))
})

test('no bytes throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), all => {
      const inflater = new MessageInflater(takeover, 10_000)
      for (const [seq, bytes] of all.entries()) assert.ok(inflater.push(message(seq, bytes, compressed)).bytes)
    }),
  )
})

test('a fork goes on from where it was made, and leaves the other where it is', () => {
  const inflater = new MessageInflater(takeover)
  inflater.push(message(0, deflated(first), compressed))
  const again = message(1, deflated(`${first}!`, first), compressed)
  for (const each of [inflater.fork(), inflater]) {
    assert.equal(each.next, 1)
    assert.equal(Buffer.from(each.push(again).bytes).toString(), `${first}!`)
  }
})
