import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode } from '../../ca/der.ts'
import * as extensions from '../../ca/extensions.ts'

const hex = (node: ReturnType<typeof extensions.serverAuth>) => encode(node).toString('hex')

test('each extension has the bytes that RFC 5280 gives it', () => {
  assert.equal(hex(extensions.authorityConstraints()), '300f0603551d130101ff040530030101ff')
  assert.equal(hex(extensions.authorityConstraints(0)), '30120603551d130101ff040830060101ff020100')
  assert.equal(hex(extensions.leafConstraints()), '300c0603551d130101ff04023000')
  assert.equal(hex(extensions.keyUsage(extensions.keyUsages.sign)), '300e0603551d0f0101ff040403020780')
  assert.equal(hex(extensions.keyUsage(extensions.keyUsages.signAndEncipher)), '300e0603551d0f0101ff0404030205a0')
  assert.equal(hex(extensions.keyUsage(extensions.keyUsages.certificatesAndLists)), '300e0603551d0f0101ff040403020106')
  assert.equal(hex(extensions.serverAuth()), '30130603551d25040c300a06082b06010505070301')
  assert.equal(hex(extensions.subjectKeyIdentifier(Buffer.of(1))), '300a0603551d0e04030401' + '01')
  assert.equal(hex(extensions.authorityKeyIdentifier(Buffer.of(1))), '300c0603551d23040530038001' + '01')
})
