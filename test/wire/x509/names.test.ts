import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributes, extensions, nameOfOid, showOid } from '../../../src/wire/x509/names.ts'

test('a known identifier has a name, an unknown one stays a number', () => {
  assert.equal(nameOfOid(attributes, '2.5.4.3'), 'CN')
  assert.equal(nameOfOid(extensions, '2.5.29.17'), 'Subject Alternative Name')
  assert.equal(nameOfOid(attributes, '1.2.3'), '1.2.3')
  assert.equal(nameOfOid(attributes, 'constructor'), 'constructor')
})

test('for eyes, name and number stand together', () => {
  assert.equal(showOid('1.2.840.10045.4.3.2'), 'ecdsa-with-SHA256 (1.2.840.10045.4.3.2)')
  assert.equal(showOid('1.2.840.10045.3.1.7'), 'P-256 (1.2.840.10045.3.1.7)')
  assert.equal(showOid('1.2.3'), '1.2.3')
})
