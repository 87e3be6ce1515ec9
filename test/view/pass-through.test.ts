import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passThroughMayHelp } from '../../src/view/pass-through.ts'

test('passing through may mend what Parley has a part in, and nothing that the client would meet without it', () => {
  for (const code of ['tls/client-rejected-leaf', 'tls/client-certificate-required', 'tls/certificate-untrusted-root'])
    assert.equal(passThroughMayHelp(code), true, code)
  for (const code of ['tcp/refused', 'dns/not-found', 'proxy/loop', 'tls/http-on-tls-port', 'tls/certificate-expired'])
    assert.equal(passThroughMayHelp(code), false, code)
  assert.equal(passThroughMayHelp(undefined), false)
})
