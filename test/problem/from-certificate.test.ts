import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verificationProblem } from '../../src/problem/from-certificate.ts'

test('a certificate that does not verify is the fault of the server, but for an authority that Parley was not given', () => {
  const codes: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: 'tls/certificate-expired',
    CERT_NOT_YET_VALID: 'tls/certificate-not-yet-valid',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'tls/certificate-self-signed',
    SELF_SIGNED_CERT_IN_CHAIN: 'tls/certificate-untrusted-root',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls/certificate-untrusted-root',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls/certificate-unknown-issuer',
    ERR_TLS_CERT_ALTNAME_INVALID: 'tls/certificate-wrong-host',
    SOMETHING_NEW: 'tls/certificate-invalid',
  }
  for (const [code, name] of Object.entries(codes)) {
    const problem = verificationProblem(code, 'detail')
    assert.deepEqual(
      [problem.code, problem.blame],
      [name, /untrusted-root|unknown-issuer/.test(name) ? 'parley' : 'server'],
    )
    assert.ok(problem.message.endsWith(': detail') && problem.remedy)
  }
})

test('a leaf alone of a public authority lacks its intermediate; the issuer of any other may be a root', () => {
  const publicly = verificationProblem('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CN=R11', true)
  assert.deepEqual([publicly.code, publicly.blame], ['tls/certificate-incomplete-chain', 'server'])
  assert.equal(verificationProblem('SELF_SIGNED_CERT_IN_CHAIN', '', true).code, 'tls/certificate-untrusted-root')
})

test('a code that an object inherits is not found in the table', () => {
  assert.equal(verificationProblem('constructor').code, 'tls/certificate-invalid')
})
