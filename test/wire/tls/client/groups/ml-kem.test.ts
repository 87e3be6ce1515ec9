import assert from 'node:assert/strict'
import { createHash, encapsulate } from 'node:crypto'
import { test } from 'node:test'
import { kyber768, mlKem } from '../../../../../src/wire/tls/client/groups/ml-kem.ts'
import { keyFromRaw } from '../../../../../src/wire/tls/client/groups/raw-key.ts'

for (const [type, key, ciphertext] of [
  ['ml-kem-512', 800, 768],
  ['ml-kem-768', 1184, 1088],
  ['ml-kem-1024', 1568, 1568],
] as const)
  test(`${type}: the secret that was sealed to our key, with the lengths of FIPS 203`, () => {
    const { share, agree } = mlKem(type)
    assert.equal(share.length, key)
    const sealed = encapsulate(keyFromRaw(type, share)) as unknown as { sharedKey: Buffer; ciphertext: Buffer }
    assert.equal(sealed.ciphertext.length, ciphertext)
    assert.deepEqual(agree(sealed.ciphertext), sealed.sharedKey)
    for (const length of [0, ciphertext - 1, ciphertext + 1])
      assert.throws(() => agree(Buffer.alloc(length)), { alert: 47 })
  })

test('a ciphertext that is damaged gives another secret, and no error: FIPS 203 6.3', () => {
  const { share, agree } = mlKem('ml-kem-768')
  const { ciphertext, sharedKey } = encapsulate(keyFromRaw('ml-kem-768', share)) as unknown as {
    sharedKey: Buffer
    ciphertext: Buffer
  }
  ciphertext[0]! ^= 1
  const secret = agree(ciphertext)
  assert.equal(secret.length, 32)
  assert.notDeepEqual(secret, sharedKey)
})

test('Kyber hashes the ciphertext into the secret', () => {
  const { share, agree } = kyber768()
  const { ciphertext, sharedKey } = encapsulate(keyFromRaw('ml-kem-768', share)) as unknown as {
    sharedKey: Buffer
    ciphertext: Buffer
  }
  const hash = createHash('sha3-256').update(ciphertext).digest()
  assert.deepEqual(
    agree(ciphertext),
    createHash('shake256', { outputLength: 32 })
      .update(Buffer.concat([sharedKey, hash]))
      .digest(),
  )
  assert.throws(() => agree(ciphertext.subarray(1)), { alert: 47 })
})
