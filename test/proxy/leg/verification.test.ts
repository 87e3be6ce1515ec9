import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf } from '../../../src/proxy/leg/verification.ts'

const evidence = { peer: undefined, code: undefined, stapled: undefined, relaxed: false }

test('nothing against a certificate is no fault, and a word of OpenSSL is one with its alert', () => {
  assert.equal(faultOf(evidence), undefined)
  const fault = faultOf({ ...evidence, code: 'CERT_HAS_EXPIRED' })
  assert.deepEqual([fault?.problem.code, fault?.alert], ['tls/certificate-expired', 45])
})
