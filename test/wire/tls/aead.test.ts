import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openAead, sealInPlace } from '../../../src/wire/tls/aead.ts'
import { recordAlgorithm } from '../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { fromHex } from './tls-fixtures.ts'

const algorithm = (suite: number) => recordAlgorithm(cipherSuiteFacts(suite)!, 0x0304)

test('AES-128-GCM gives the ciphertext and tag of test case 4 of its specification', () => {
  const key = fromHex('feffe9928665731c6d6a8f9467308308')
  const nonce = fromHex('cafebabefacedbaddecaf888')
  const additional = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const plain = fromHex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  )
  const sealed =
    '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091'
  const tag = '5bc94fbc3221a5db94fae95ae7121a47'
  const bytes = Buffer.concat([Buffer.of(1, 2), plain, Buffer.alloc(17, 0xee)])
  assert.equal(sealInPlace(algorithm(0x1301), key, nonce, additional, bytes, 2, 62), 78)
  assert.equal(bytes.toString('hex'), `0102${sealed}${tag}ee`)
  assert.deepEqual(new Uint8Array(openAead(algorithm(0x1301), key, nonce, additional, bytes.subarray(2, 78))), plain)
})

for (const suite of [0x1301, 0x1302, 0x1303, 0x1304, 0x1305])
  test(`suite 0x${suite.toString(16)}: any bit that is changed is noticed`, () => {
    const key = randomBytes(algorithm(suite).keyLength)
    const nonce = randomBytes(12)
    const bytes = Buffer.alloc(20 + algorithm(suite).tagLength)
    sealInPlace(algorithm(suite), key, nonce, Buffer.of(1), bytes, 0, 20)
    assert.deepEqual(openAead(algorithm(suite), key, nonce, Buffer.of(1), bytes), Buffer.alloc(20))
    assert.throws(() => openAead(algorithm(suite), key, nonce, Buffer.of(2), bytes))
    for (const at of bytes.keys()) {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= 1 << (at & 7)
      assert.throws(() => openAead(algorithm(suite), key, nonce, Buffer.of(1), damaged))
    }
  })
