import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '../../../src/proxy/site/digest.ts'
import { root } from './make.ts'

test('parts are digested as one', () => {
  assert.ok(sha256('ab', Buffer.from('c')).equals(sha256('abc')))
  assert.equal(sha256('abc').toString('hex').slice(0, 8), 'ba7816bf') // FIPS 180-2 B.1
})

test('Android’s name of a root is what OpenSSL says', () => {
  assert.equal(root.androidName, '6b014521') // openssl x509 -in rsa.pem -noout -subject_hash_old
})
