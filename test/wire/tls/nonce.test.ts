import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Nonce } from '../../../src/wire/tls/nonce.ts'
import { fromHex } from './tls-fixtures.ts'

test('a number changes the last eight bytes of the IV, whatever came before it', () => {
  const iv = fromHex('00010203 fffefdfcfbfaf9f8')
  const nonce = new Nonce(iv)
  for (const [sequence, bytes] of [
    [0n, '00010203 fffefdfcfbfaf9f8'],
    [1n, '00010203 fffefdfcfbfaf9f9'],
    [2n ** 53n + 1n, '00010203 ffdefdfcfbfaf9f9'],
    [2n ** 64n - 1n, '00010203 0001020304050607'],
  ] as const)
    assert.deepEqual(nonce.of(sequence), fromHex(bytes))
  assert.deepEqual(iv, fromHex('00010203 fffefdfcfbfaf9f8'))
})
