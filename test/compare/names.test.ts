import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertName, cipherSuiteName, groupName, listNames, versionName } from '../../src/compare/names.ts'

test('known numbers have their names, others stay numbers', () => {
  assert.deepEqual(
    [versionName(0x0304), groupName(29), cipherSuiteName(0x1301)],
    ['TLS 1.3', 'x25519', 'TLS_AES_128_GCM_SHA256'],
  )
  assert.equal(cipherSuiteName(0xeeee), '0xeeee')
  assert.match(groupName(0x1a1a), /GREASE/)
  assert.deepEqual([alertName(48), alertName(200)], ['unknown_ca', 'alert 200'])
})

test('a long list says how many it leaves out', () => {
  assert.equal(listNames([1, 2, 3], String), '1, 2, 3')
  assert.equal(listNames([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], String), '1, 2, 3, 4, 5, 6, 7, 8 and 2 more')
})
