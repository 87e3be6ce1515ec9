import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateFailures } from '../../src/compare/failures/certificate-failures.ts'
import { networkFailures } from '../../src/compare/failures/network-failures.ts'
import { tlsFailures } from '../../src/compare/failures/tls-failures.ts'
import { failureOf, failures } from '../../src/compare/failures.ts'

test('no code stands in two tables', () => {
  const codes = [tlsFailures, certificateFailures, networkFailures].flatMap(Object.keys)
  assert.equal(codes.length, Object.keys(failures).length)
})

test('the failures that a user meets most are in the table', () => {
  const codes = [
    'tls/client-rejected-leaf tls/client-closed-after-certificate tls/no-common-version tls/no-common-suite',
    'tls/no-common-group tls/no-common-signature-algorithm tls/unrecognized-name tls/no-common-alpn',
    'tls/certificate-expired tls/certificate-not-yet-valid tls/certificate-self-signed tls/certificate-incomplete-chain',
    'tls/certificate-wrong-host tls/certificate-revoked tls/certificate-weak-key tls/certificate-weak-digest',
    'tls/client-certificate-required tls/client-certificate-refused tls/handshake-timeout tls/reset-by-client',
    'tls/reset-by-server tls/not-tls tls/http-on-tls-port proxy/loop dns/not-found tcp/refused tcp/unreachable tcp/timeout',
  ].flatMap(line => line.split(' '))
  assert.deepEqual(
    codes.filter(code => !failureOf(code)),
    [],
  )
})

test('a code that is not in the table, even one of Object’s own, has no entry', () => {
  assert.equal(failureOf('tls/whatever'), undefined)
  assert.equal(failureOf('constructor'), undefined)
})
