import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passThroughMayHelp } from '../../src/view/pass-through.ts'

test('passing through may mend what went wrong between two TLS stacks, and nothing else', () => {
  for (const code of ['tls/client-rejected-leaf', 'tls/client-certificate-required', 'tls/certificate-expired'])
    assert.equal(passThroughMayHelp(code), true, code)
  for (const code of ['tcp/refused', 'dns/not-found', 'proxy/loop', 'tls/http-on-tls-port'])
    assert.equal(passThroughMayHelp(code), false, code)
  assert.equal(passThroughMayHelp(undefined), false)
})
