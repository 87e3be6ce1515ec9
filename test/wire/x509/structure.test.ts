import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '../../../src/wire/reader.ts'
import { readStructure } from '../../../src/wire/x509/structure.ts'
import { leaf, noOpenssl } from './openssl.ts'

test('bytes after the certificate are refused', { skip: noOpenssl }, () => {
  const { der } = leaf()
  assert.throws(
    () => readStructure(Buffer.concat([der, Buffer.of(0)])),
    new MalformedError(der.length, 'certificate: 1 bytes left over'),
  )
})

test('a version above 1 is counted from one', { skip: noOpenssl }, () => {
  assert.equal(readStructure(leaf().der).version, 3)
})
