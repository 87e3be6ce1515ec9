import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { hasPublicIssuer } from '../../../src/proxy/leg/public-issuer.ts'

test('an authority is public where the certificate names a policy of the CA/Browser Forum', async () => {
  const authority = await makeTestAuthority()
  const leaf = (issuer: 'root' | 'intermediate') =>
    new X509Certificate(authority.issue({ host: 'a.example', issuer, complete: false }).cert)
  assert.equal(hasPublicIssuer(leaf('intermediate')), true)
  assert.equal(hasPublicIssuer(leaf('root')), false)
  assert.equal(hasPublicIssuer(undefined), false)
})
