import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '../../../src/wire/reader.ts'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readGeneralName, readGeneralNames, showGeneralName } from '../../../src/wire/x509/general-name.ts'
import { bytes } from './bytes.ts'

const read = (hex: string) => readGeneralName(new DerReader(bytes(hex), 'test'))

test('each kind of name is read by its tag', () => {
  assert.deepEqual(read('8203 612e62'), { type: 'dns', value: 'a.b' })
  assert.deepEqual(read('8103 614062'), { type: 'email', value: 'a@b' })
  assert.deepEqual(read('8603 613a62'), { type: 'uri', value: 'a:b' })
  assert.deepEqual(read('8704 c0000207'), { type: 'ip', value: '192.0.2.7' })
  assert.deepEqual(read('8708 c0000200ffffff00'), { type: 'ip', value: '192.0.2.0/255.255.255.0' })
  assert.deepEqual(read('8803 2a0304'), { type: 'oid', value: '1.2.3.4' })
  const directory = { attributes: [], text: '', bytes: bytes('3000'), steps: [] }
  assert.deepEqual(read('a402 3000'), { type: 'directory', value: '', directory })
  assert.deepEqual(read('a00a 06032a0304 a003020105'), { type: 'other', value: '1.2.3.4 a003020105' })
  assert.deepEqual(read('a302 3000'), { type: 'other', value: 'a3023000' })
})

test('an address of another size, and an unknown tag, are refused', () => {
  assert.throws(() => read('8705 c000020700'), new MalformedError(0, 'IP address of 5 bytes'))
  assert.throws(() => read('8900'), MalformedError)
  assert.throws(() => readGeneralNames(new DerReader(bytes('3001 82'), 'test'), 'names'), MalformedError)
})

test('kinds are spelt as people know them', () => {
  assert.equal(showGeneralName({ type: 'dns', value: 'a' }), 'DNS:a')
  assert.equal(showGeneralName({ type: 'email', value: 'a@b' }), 'email:a@b')
})
