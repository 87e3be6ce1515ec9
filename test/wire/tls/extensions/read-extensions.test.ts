import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader } from '../../../../src/wire/reader.ts'
import { readExtensions } from '../../../../src/wire/tls/extensions/read-extensions.ts'
import { fromHex, vectorHex } from '../tls-fixtures.ts'

const groups = '000a 0004 0002 001d'
const brokenGroups = '000a 0004 0004 001d'
const versions = '002b 0003 02 0304'

function read(list: string) {
  const bytes = fromHex(vectorHex(2, list))
  const r = new ByteReader(bytes, 'test')
  const problems: string[] = []
  return {
    ...readExtensions(r, { bytes, context: { direction: 'to-server' }, problems }, 'client_hello'),
    r,
    problems,
    bytes,
  }
}

test('each extension keeps its type, its data and its place', () => {
  const { extensions, bytes } = read(groups + versions)
  assert.deepEqual(
    extensions.map(({ type, start }) => [type, start]),
    [
      [10, 2],
      [43, 10],
    ],
  )
  assert.deepEqual(extensions[0]!.data, bytes.subarray(6, 10))
})

test('a malformed extension is told in its place and the next one is read', () => {
  const { extensions, facts, r, problems } = read(brokenGroups + versions)
  assert.equal(extensions.length, 2)
  assert.deepEqual(facts.supportedVersions, [0x0304])
  assert.equal(facts.supportedGroups, undefined)
  const field = r.fields.at(-1)!.children![0]!
  assert.equal(field.shown, 'supported_groups: named_group_list needs 4 bytes, 2 are left at byte 8')
  assert.deepEqual(problems, [field.shown])
  assert.deepEqual(field.children!.at(-1), { name: 'undecoded', start: 8, end: 10, shown: '001d' })
})

test('of an extension that is sent twice the first counts, and the second says so', () => {
  const { facts, r } = read(`${groups} 000a 0004 0002 0017`)
  assert.deepEqual(facts.supportedGroups, [29])
  assert.equal(r.fields.at(-1)!.children![1]!.shown, 'secp256r1 (sent twice)')
})

test('GREASE and unknown types are kept as bytes', () => {
  const { r } = read('1a1a 0001 00 1234 0002 abcd')
  assert.deepEqual(
    r.fields.at(-1)!.children!.map(f => [f.name, f.shown]),
    [
      ['GREASE', '1 byte'],
      ['unknown_extension', '2 bytes'],
    ],
  )
})

test('an extension longer than the list leaves those before it, and the rest as bytes', () => {
  const { extensions, facts, r, problems } = read(`${versions} 000a 0005 0002 001d`)
  assert.deepEqual(
    extensions.map(({ type }) => type),
    [43],
  )
  assert.deepEqual(facts.supportedVersions, [0x0304])
  assert.match(problems.join(), /extensions: supported_groups needs 9 bytes, 8 are left at byte 9/)
  assert.equal(r.remaining, 0)
  assert.equal(read('000a 00').problems.length, 1)
})

test('a list that says more bytes than there are is kept as bytes', () => {
  const bytes = fromHex(`0040 ${versions}`)
  const r = new ByteReader(bytes, 'test')
  const problems: string[] = []
  const source = { bytes, context: { direction: 'to-server' as const }, problems }
  assert.deepEqual(readExtensions(r, source, 'client_hello'), { extensions: [], facts: {} })
  assert.equal(problems.length, 1)
  assert.equal(r.fields.at(-1)?.name, 'undecoded')
})
