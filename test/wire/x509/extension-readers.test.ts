import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { extensionReaders } from '../../../src/wire/x509/extension-readers.ts'
import { extensions } from '../../../src/wire/x509/names.ts'
import { bytes } from './bytes.ts'

const read = (oid: string, hex: string) => {
  const reader = new DerReader(bytes(hex), 'test')
  const values = extensionReaders[oid]!(reader)
  reader.finish()
  return { values, shown: reader.fields[0]?.shown }
}

test('every extension that is read has a name', () => {
  for (const oid of Object.keys(extensionReaders)) assert.ok(Object.hasOwn(extensions, oid), oid)
})

test('key usage counts bits from the left, past the first octet too', () => {
  assert.deepEqual(read('2.5.29.15', '0303078080').values, { keyUsage: ['digitalSignature', 'decipherOnly'] })
  assert.deepEqual(read('2.5.29.15', '030100').values, { keyUsage: [] })
})

test('an authority key id may be absent', () => {
  assert.deepEqual(read('2.5.29.35', '3000').values, {})
  assert.deepEqual(read('2.5.29.35', '3004 8002abcd').values, { authorityKeyId: 'abcd' })
})

test('TLS features keep unknown numbers', () => {
  const { values, shown } = read('1.3.6.1.5.5.7.1.24', '3006 020105 020118')
  assert.deepEqual(values, { tlsFeatures: [5, 24] })
  assert.equal(shown, 'status_request (must-staple), 24')
})

test("Microsoft's template is a number with versions", () => {
  assert.equal(read('1.3.6.1.4.1.311.21.7', '300b 06032a0304 020164 020105').shown, '1.2.3.4 100 5')
})
