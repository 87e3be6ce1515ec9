import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extensionFieldName, extensions, showExtension } from '../../../../src/wire/tls/registry/extensions.ts'

test('extensions have their names and decimal numbers', () => {
  assert.equal(showExtension(51), 'key_share (51)')
  assert.equal(showExtension(65037), 'encrypted_client_hello (65037)')
  assert.equal(showExtension(0x1234), '0x1234')
})

test('both numbers of ALPS have its name', () => {
  assert.equal(extensions[17513], extensions[17613])
})

test('every number that IANA had assigned by 2026 is here', () => {
  const assigned = [...Array.from({ length: 63 }, (_, n) => n).filter(n => n !== 40 && n !== 46), 64768, 65037, 65281]
  assert.deepEqual(
    assigned.filter(n => extensions[n] === undefined),
    [],
  )
})

test('the field of an extension without a name says why', () => {
  assert.deepEqual([0, 0x2a2a, 0x1234].map(extensionFieldName), ['server_name', 'GREASE', 'unknown_extension'])
})
