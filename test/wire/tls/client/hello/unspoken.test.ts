import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnspoken } from '../../../../../src/wire/tls/client/hello/unspoken.ts'

test('a choice is spoken here or not', () => {
  for (const [version, cipherSuite, group, unspoken] of [
    [0x0304, 0x1301, 29, false],
    [0x0304, 0x1301, 0xfe30, true],
    [0x0304, 0xc02f, 29, true],
    [0x0303, 0xc02f, 23, false],
    [0x0303, 0x009c, undefined, false],
    [0x0303, 0x0005, undefined, true],
    [0x0303, 0x002f, undefined, true], // CBC
    [0x0303, 0xffff, undefined, true],
  ] as const)
    assert.equal(isUnspoken({ version, cipherSuite, ...(group && { group }) }), unspoken)
})
