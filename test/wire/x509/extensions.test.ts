import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readExtensions } from '../../../src/wire/x509/extensions.ts'
import { bytes } from './bytes.ts'

const read = (hex: string) => {
  const reader = new DerReader(bytes(hex), 'test')
  return { ...readExtensions(reader), fields: reader.fields }
}
const badConstraints = '300c 0603551d13 0405 3003 040100'
const keyId = '300b 0603551d0e 0404 0402abcd'
const unknown = '300a 06032a0304 0101ff 0400'

test('an extension that cannot be read is marked, and the others are read', () => {
  const { list, values } = read(`3027 ${badConstraints} ${keyId} ${unknown}`)
  assert.deepEqual(
    list.map(({ name, critical, known, malformed }) => [name, critical, known, malformed !== undefined]),
    [
      ['Basic Constraints', false, true, true],
      ['Subject Key Identifier', false, true, false],
      ['1.2.3.4', true, false, false],
    ],
  )
  assert.deepEqual(values, { subjectKeyId: 'abcd' })
  assert.match(list[0]?.malformed ?? '', /at byte 13/)
})

test('what is no extension is kept as bytes, and the others are read', () => {
  const twoByteBoolean = '300b 0603551d13 0102ffff 0400'
  const { list, values, fields } = read(`301a ${twoByteBoolean} ${keyId}`)
  assert.deepEqual(
    list.map(({ oid, known, malformed }) => [oid, known, malformed !== undefined]),
    [
      ['', false, true],
      ['2.5.29.14', true, false],
    ],
  )
  assert.deepEqual(values, { subjectKeyId: 'abcd' })
  assert.match(fields[0]?.children?.[0]?.shown ?? '', /^malformed: critical: 2 bytes/)
})

test('an extension that is cut off takes only what follows it', () => {
  const { list, values } = read(`3011 ${keyId} 3020 0603`)
  assert.equal(values.subjectKeyId, 'abcd')
  assert.match(list[1]?.malformed ?? '', /needs 32 bytes, 2 are left/)
})

test('an extension knows its place and its bytes', () => {
  const { list, fields } = read(`300d ${keyId}`)
  assert.deepEqual([list[0]?.start, list[0]?.end, list[0]?.value], [2, 15, bytes('0402abcd')])
  assert.equal(fields[0]?.children?.[0]?.shown, 'abcd')
})
