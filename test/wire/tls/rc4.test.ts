import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rc4 } from '../../../src/wire/tls/rc4.ts'

test('the key streams are those of RFC 6229', () => {
  const stream = (key: string) => Buffer.from(Rc4.of(Buffer.from(key, 'hex')).apply(new Uint8Array(16))).toString('hex')
  assert.equal(stream('0102030405'), 'b2396305f03dc027ccc3524a0a1118a8')
  assert.equal(stream('0102030405060708090a0b0c0d0e0f10'), '9ac7cc9a609d1ef7b2932899cde41b97')
})

test('a copy goes on by itself, and pieces make one stream', () => {
  const stream = Rc4.of(Buffer.from('0102030405', 'hex'))
  const first = stream.apply(new Uint8Array(5))
  const copied = stream.copy().apply(new Uint8Array(11))
  assert.deepEqual(stream.apply(new Uint8Array(11)), copied)
  assert.equal(Buffer.concat([first, copied]).toString('hex'), 'b2396305f03dc027ccc3524a0a1118a8')
})
