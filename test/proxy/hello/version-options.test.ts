import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ciphersFor, versionNumbers } from '../../../src/proxy/hello/version-options.ts'

test('only a context that lets old versions in lowers the security level', () => {
  assert.deepEqual(ciphersFor('TLSv1.2'), {})
  assert.match(ciphersFor('TLSv1').ciphers ?? '', /:@SECLEVEL=0$/)
})

test('versions have the numbers of the wire', () => {
  assert.deepEqual(versionNumbers, { TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 })
})
