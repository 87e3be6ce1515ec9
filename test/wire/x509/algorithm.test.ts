import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '../../../src/wire/reader.ts'
import { readAlgorithm, readSignatureAlgorithm, showAlgorithm } from '../../../src/wire/x509/algorithm.ts'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { bytes } from './bytes.ts'

const read = (hex: string) => readSignatureAlgorithm(new DerReader(bytes(hex), 'test'), 'algorithm')

test('a known algorithm has a name and a digest, an unknown one its number', () => {
  assert.deepEqual(read('300d 06092a864886f70d01010b 0500'), {
    oid: '1.2.840.113549.1.1.11',
    name: 'sha256WithRSAEncryption',
    hash: 'SHA-256',
  })
  assert.deepEqual(read('3005 06032a0304'), { oid: '1.2.3.4', name: '1.2.3.4' })
  assert.equal(read('3005 06032b6570').hash, undefined)
})

test('RSASSA-PSS names its digest in the parameters, and means SHA-1 where it does not', () => {
  const sha256 = 'a00d 300b 0609608648016503040201'
  const pss = read(`301c 06092a864886f70d01010a 300f ${sha256}`)
  assert.equal(showAlgorithm(pss), 'RSASSA-PSS with SHA-256')
  assert.equal(read('300d 06092a864886f70d01010a 3000').hash, 'SHA-1')
  assert.equal(read('300b 06092a864886f70d01010a').hash, 'SHA-1')
})

test('an algorithm with leftovers is refused', () => {
  assert.throws(() => read('3009 06032a0304 0500 0500'), MalformedError)
  assert.equal(readAlgorithm(new DerReader(bytes('3007 06052b0e03021a'), 'test'), 'digest'), 'SHA-1')
})
