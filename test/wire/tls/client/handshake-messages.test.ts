import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { handshake } from '../../../../src/wire/tls/client/framing.ts'
import { HandshakeMessages } from '../../../../src/wire/tls/client/handshake-messages.ts'

const said = [handshake(8, randomBytes(2)), handshake(11, randomBytes(3000)), handshake(14, Buffer.alloc(0))]

test('messages are the same however records cut them', () => {
  const all = Buffer.concat(said)
  for (const size of [1, 2, 3, 7, 100, 4000]) {
    const messages = new HandshakeMessages()
    const found: Buffer[] = []
    for (let at = 0; at < all.length; at += size) {
      const piece = Buffer.from(all.subarray(at, at + size))
      messages.push(piece)
      piece.fill(0) // the record's buffer may be reused
      for (let next = messages.next(); next; next = messages.next()) {
        assert.equal(next.type, next.bytes[0])
        found.push(next.bytes as Buffer)
      }
    }
    assert.deepEqual(found, said)
    assert.equal(messages.pending, false)
  }
})

test('a message keeps its bytes while others come', () => {
  const messages = new HandshakeMessages()
  messages.push(said[0]!)
  const first = messages.next()!
  for (let n = 0; n < 10; n++) messages.push(said[1]!)
  assert.deepEqual(first.bytes, said[0])
})

test('what is not whole is pending', () => {
  const messages = new HandshakeMessages()
  assert.equal(messages.pending, false)
  messages.push(Buffer.of(20))
  assert.equal(messages.next(), undefined)
  assert.equal(messages.pending, true)
})

test('a message of more than 256 KB is refused at its header', () => {
  const messages = new HandshakeMessages()
  messages.push(Buffer.of(11, 4, 0, 0))
  assert.throws(() => messages.next(), { alert: 50 })
})
