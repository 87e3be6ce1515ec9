import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  certificateCompressions,
  certificateStatusTypes,
  clientCertificateTypes,
  compressionMethods,
  ecPointFormats,
  pskModes,
  showByte,
} from '../../../../src/wire/tls/registry/parameters.ts'

test('numbers of one byte have two digits', () => {
  assert.deepEqual([0, 0x99].map(showByte(compressionMethods)), ['null (0x00)', '0x99'])
})

test('PSK modes have GREASE values of their own', () => {
  assert.deepEqual([pskModes[0], pskModes[1], pskModes[0x0b]], ['psk_ke', 'psk_dhe_ke', 'GREASE'])
})

test('an EC client certificate is type 64', () => assert.equal(clientCertificateTypes[64], 'ecdsa_sign'))

test('the small registries have IANA’s names', () => {
  assert.deepEqual(Object.values(certificateCompressions), ['zlib', 'brotli', 'zstd'])
  assert.deepEqual(Object.values(ecPointFormats)[1], 'ansiX962_compressed_prime')
  assert.equal(certificateStatusTypes[2], 'ocsp_multi')
})
