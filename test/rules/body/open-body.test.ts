import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { Header } from '../../../src/model/exchange.ts'
import { BodyError, closeBody, isCoded, openBody } from '../../../src/rules/body/open-body.ts'

const gzipped: readonly Header[] = [['Content-Encoding', 'gzip']]

test('codings are undone and done again', () => {
  const { bytes, close } = openBody(gzipped, gzipSync('hello'))
  assert.equal(Buffer.from(bytes).toString(), 'hello')
  assert.equal(gunzipSync(close(Buffer.from('bye'))).toString(), 'bye')
})

test('what is cut, damaged or of an unknown coding is not opened', () => {
  const whole = gzipSync('hello '.repeat(1000))
  for (const bytes of [
    whole.subarray(0, 20),
    Buffer.from('hello'),
    Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)]),
  ])
    assert.throws(() => openBody(gzipped, bytes), BodyError)
  assert.throws(() => openBody([['content-encoding', 'snappy']], whole), /snappy/)
  assert.throws(() => closeBody([['content-encoding', 'snappy']], whole), /snappy/)
})

test('a bomb is not unpacked', () => {
  const bomb = brotliCompressSync(Buffer.alloc(100_000_000))
  assert.ok(bomb.length < 1000)
  assert.throws(() => openBody([['content-encoding', 'br']], bomb), BodyError)
})

test('a plain body over the limit is not opened', () => {
  assert.throws(() => openBody([], Buffer.alloc(11), 10), /11 bytes, and 10 at most/)
})

test('identity is no coding', () => {
  assert.equal(isCoded([['content-encoding', 'identity']]), false)
  assert.equal(isCoded(gzipped), true)
})
