import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowsOldTls, defaultMinTls } from '../../../src/proxy/hello/versions.ts'

test('versions that OpenSSL holds for unsafe are out unless asked for', () => {
  assert.equal(allowsOldTls(defaultMinTls), false)
  assert.equal(allowsOldTls('TLSv1.3'), false)
  assert.equal(allowsOldTls('TLSv1.1'), true)
  assert.equal(allowsOldTls('TLSv1'), true)
})
