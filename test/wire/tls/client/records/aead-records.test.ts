import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { AeadRecords } from '../../../../../src/wire/tls/client/records/aead-records.ts'
import { recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'

const algorithm = (suite: number) => recordAlgorithm(cipherSuiteFacts(suite)!, 0x0303)
const content = Buffer.from('content')

test('a GCM record carries half of its nonce, and is opened with the half that it carries', () => {
  const keys = { key: randomBytes(16), iv: randomBytes(4) }
  const records = new AeadRecords(0x0303, algorithm(0xc02f), keys)
  const into = Buffer.alloc(40)
  assert.equal(records.seal(258n, 23, content, into, 2), 2 + 5 + 8 + 7 + 16)
  assert.equal(into.toString('hex', 2, 15), '170303001f0000000000000102')

  const explicit = randomBytes(8)
  const cipher = createCipheriv('aes-128-gcm', keys.key, Buffer.concat([keys.iv, explicit]))
  cipher.setAAD(Buffer.from('00000000000000091703030007', 'hex'))
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  const record = Buffer.concat([Buffer.from('170303001f', 'hex'), explicit, sealed])
  assert.deepEqual(records.open(9n, record), { type: 23, content })
  assert.throws(() => records.open(10n, record), { alert: 20 })
})

test('the nonce of a ChaCha20 record is not in it', () => {
  const keys = { key: randomBytes(32), iv: randomBytes(12) }
  const records = new AeadRecords(0x0303, algorithm(0xcca8), keys)
  const into = Buffer.alloc(5 + 7 + 16)
  assert.equal(records.seal(1n, 22, content, into, 0), into.length)
  const nonce = Buffer.from(keys.iv)
  nonce[11]! ^= 1
  const cipher = createCipheriv('chacha20-poly1305', keys.key, nonce, { authTagLength: 16 })
  cipher.setAAD(Buffer.from('00000000000000011603030007', 'hex'))
  assert.deepEqual(into.subarray(5, 12), cipher.update(content))
  assert.deepEqual(records.open(1n, into), { type: 22, content })
})
