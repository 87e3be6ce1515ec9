import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkStapled } from '../../../../src/wire/tls/checks/stapled.ts'
import { ocspResponse } from '../../x509/ocsp-response.ts'
import { intermediate, leaf, noOpenssl, root, today } from '../../x509/openssl.ts'

const chain = () => [leaf().der, intermediate().der]

test('a stapled response is verified with the certificates beside it, and its word is told', {
  skip: noOpenssl,
}, () => {
  const check = checkStapled(ocspResponse('revoked', leaf(), intermediate()), chain(), today)
  assert.deepEqual([check.name, check.passed], ['OCSP signature', true])
  assert.match(check.detail, /the issuer’s key .*; it says revoked$/)
  const unsigned = checkStapled(ocspResponse('good', leaf(), intermediate(), { signer: root() }), chain(), today)
  assert.notEqual(unsigned.passed, true)
})

test('it stays open where no certificate was seen', { skip: noOpenssl }, () => {
  const response = ocspResponse('good', leaf(), intermediate())
  assert.match(checkStapled(response, [], today).detail, /no certificate was seen/)
  const alone = checkStapled(response, [leaf().der], today)
  assert.deepEqual([alone.passed, /issuer was not seen/.test(alone.detail)], [undefined, true])
})
