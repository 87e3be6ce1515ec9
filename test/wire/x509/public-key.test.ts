import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { MalformedError } from '../../../src/wire/reader.ts'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readPublicKey, showKey } from '../../../src/wire/x509/public-key.ts'

const read = (key: KeyObject) => readPublicKey(new DerReader(key.export({ type: 'spki', format: 'der' }), 'key'))

test('RSA keys have bits and an exponent', () => {
  const key = read(generateKeyPairSync('rsa', { modulusLength: 1031, publicExponent: 3 }).publicKey)
  assert.deepEqual([key.type, key.bits, key.exponent, key.curve], ['RSA', 1031, '3', undefined])
  assert.equal(showKey(key), 'RSA 1031 bits')
})

test('EC keys have a curve', () => {
  const key = read(generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey)
  assert.deepEqual([key.type, key.bits, key.curve], ['EC', 521, 'P-521'])
  assert.equal(showKey(key), 'EC P-521')
})

test('Edwards and Montgomery keys are their own type', () => {
  assert.equal(read(generateKeyPairSync('ed25519').publicKey).type, 'Ed25519')
  assert.equal(read(generateKeyPairSync('x448').publicKey).type, 'X448')
  assert.equal(showKey(read(generateKeyPairSync('ed448').publicKey)), 'Ed448')
})

test('an RSA key that is no RSA key is refused where it stops being one', () => {
  const spki = new Uint8Array(
    generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'der' }),
  )
  spki[22] = 0x31
  assert.throws(
    () => readPublicKey(new DerReader(spki, 'key')),
    (error: unknown) => error instanceof MalformedError && error.offset === 22,
  )
})
