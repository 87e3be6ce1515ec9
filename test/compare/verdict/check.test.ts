import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionsOf, withoutGrease } from '../../../src/compare/verdict/check.ts'
import { makeHello } from '../make.ts'

test('GREASE is nothing that a client offers', () => {
  assert.deepEqual(withoutGrease([0x0a0a, 0x1301, 0xfafa]), [0x1301])
  assert.deepEqual(versionsOf(makeHello({ supportedVersions: [0x7a7a, 0x0304] })), [0x0304])
})

test('a hello without supported_versions never offers TLS 1.3', () => {
  const { supportedVersions: _, ...hello } = makeHello({ legacyVersion: 0x0304 })
  assert.deepEqual(versionsOf(hello), [0x0303, 0x0302, 0x0301, 0x0300])
})
