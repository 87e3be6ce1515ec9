import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowsOldTls, defaultMinTls, versionNumbers } from '../../../src/proxy/hello/versions.ts'

test('versions that OpenSSL holds for unsafe are out unless asked for', () => {
  assert.equal(allowsOldTls(defaultMinTls), false)
  assert.equal(allowsOldTls('TLSv1.3'), false)
  assert.equal(allowsOldTls('TLSv1.1'), true)
  assert.equal(allowsOldTls('TLSv1'), true)
})

test('versions have the numbers of the wire', () => {
  assert.deepEqual(versionNumbers, { TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 })
})
