import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

test('groups, schemes, point formats, modes and versions become numbers', () => {
  assert.deepEqual(readOne(10, 'client_hello', '0004 11ec 001d').facts, { supportedGroups: [4588, 29] })
  assert.deepEqual(readOne(13, 'client_hello', '0004 0403 0804').facts, { signatureAlgorithms: [0x0403, 0x0804] })
  assert.deepEqual(readOne(50, 'client_hello', '0002 0403').facts, { signatureAlgorithmsCert: [0x0403] })
  assert.deepEqual(readOne(11, 'server_hello', '02 00 01').facts, { ecPointFormats: [0, 1] })
  assert.deepEqual(readOne(45, 'client_hello', '02 01 0b').facts, { pskModes: [1, 0x0b] })
  assert.deepEqual(readOne(43, 'client_hello', '04 0304 0303').facts, { supportedVersions: [0x0304, 0x0303] })
})

test('the server picks one version, in a retry as well', () => {
  for (const context of ['server_hello', 'hello_retry_request'] as const)
    assert.deepEqual(readOne(43, context, '0304').facts, { selectedVersion: 0x0304 })
})

test('the line names what is in the list', () => {
  assert.equal(readOne(27, 'client_hello', '04 0002 0001').shown, 'brotli, zlib')
  assert.equal(readOne(45, 'client_hello', '01 01').shown, 'psk_dhe_ke')
  assert.equal(readOne(10, 'client_hello', '0004 1a1a 0017').shown, 'GREASE (0x1a1a), secp256r1')
})

test('a client lists certificate types, a server picks one', () => {
  assert.equal(readOne(20, 'client_hello', '02 02 00').shown, 'RawPublicKey, X509')
  assert.equal(readOne(20, 'encrypted_extensions', '02').shown, 'RawPublicKey (0x02)')
})

test('what only has numbers shows them', () => assert.equal(readOne(6, 'client_hello', '0140').shown, '64'))

test('a list of half a number is malformed', () => {
  assert.match(readOne(10, 'client_hello', vectorHex(2, '001d00')).problems[0]!, /needs 2 bytes, 1 are left/)
})
