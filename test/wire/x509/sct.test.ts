import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, MalformedError } from '../../../src/wire/reader.ts'
import { readSctList } from '../../../src/wire/x509/sct.ts'
import { bytes } from './bytes.ts'

const log = 'ab'.repeat(32)
const sct = `00${log}0000018cc251f400 0000 0403 0002 0102`
const list = (item: string): Uint8Array => bytes(`0033 0031 ${item}`)
const read = (input: Uint8Array) => readSctList(new ByteReader(input, 'list'))

test('a timestamp names its log, its time and its algorithm', () => {
  const [only, ...others] = read(list(sct))
  assert.equal(others.length, 0)
  assert.deepEqual(only, {
    version: 0,
    logId: log,
    timestamp: Date.UTC(2024, 0, 1),
    signatureAlgorithm: 'ecdsa with SHA-256',
    signature: bytes('0102'),
  })
})

test('a time past all dates and unknown algorithms are still values', () => {
  const [only] = read(list(`00${log}ffffffffffffffff 0000 09fe 0002 0102`))
  assert.equal(only?.signatureAlgorithm, '254 with 9')
  assert.equal(only?.timestamp, 2 ** 64)
})

test('leftovers inside a timestamp and cut lists are refused', () => {
  assert.throws(() => read(list(sct.replace('0002 0102', '0001 0102'))), MalformedError)
  for (let length = 0; length < 53; length++) assert.throws(() => read(list(sct).subarray(0, length)), MalformedError)
})
