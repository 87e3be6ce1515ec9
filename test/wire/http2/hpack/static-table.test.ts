import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staticTable } from '../../../../src/wire/http2/hpack/static-table.ts'

test('the table has 61 entries at the indexes of RFC 7541 Appendix A', () => {
  assert.equal(staticTable.length, 61)
  const at = (index: number) => staticTable[index - 1]
  assert.deepEqual(at(1), [':authority', ''])
  assert.deepEqual(at(8), [':status', '200'])
  assert.deepEqual(at(16), ['accept-encoding', 'gzip, deflate'])
  assert.deepEqual(at(32), ['cookie', ''])
  assert.deepEqual(at(58), ['user-agent', ''])
  assert.deepEqual(at(61), ['www-authenticate', ''])
})

test('names without pseudo-headers rise in the alphabet', () => {
  const names = staticTable.slice(14).map(([name]) => name)
  // The RFC's own order: accept-charset, accept-encoding, accept-language, accept-ranges, accept.
  assert.deepEqual(names.slice(5), names.slice(5).toSorted())
})
