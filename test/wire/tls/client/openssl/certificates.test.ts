import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TlsOptions } from 'node:tls'
import { type KeyKind, keyed, pem } from '../certificate-of.ts'
import { offer } from '../offer.ts'
import { assertMet } from './expect-met.ts'
import { opensslOrigin } from './origin.ts'

const identityOf = (kind: KeyKind) => {
  const { key, certificate } = keyed(kind)
  return { key, certificates: [certificate] }
}
const served = (kind: KeyKind): TlsOptions => {
  const { key, certificate } = keyed(kind)
  return { cert: pem(certificate), key: key.export({ format: 'pem', type: 'pkcs8' }) as string }
}

/** Kinds of keys, and whether TLS 1.3 has a scheme for them that the offers of these tests have. */
const kinds: readonly KeyKind[] = ['rsa', 'rsa-pss', 'P-256', 'P-384', 'P-521', 'ed25519', 'ed448']
const versions = [
  ['1.3', 0x0304],
  ['1.2', 0x0303],
] as const

for (const [name, version] of versions)
  for (const kind of kinds) {
    test(`a server with a key of ${kind}, TLS ${name}`, async () => {
      const met = await opensslOrigin(served(kind)).meet({ hello: offer({ versions: [version] }) })
      assertMet(met)
      assert.deepEqual(
        met.client.chain?.certificates.map(der => Buffer.from(der)),
        [keyed(kind).certificate],
      )
    })

    test(`a client that has a certificate of ${kind} shows it, TLS ${name}`, async () => {
      const origin = opensslOrigin({ requestCert: true, rejectUnauthorized: false })
      const met = await origin.meet({ hello: offer({ versions: [version] }), client: { identity: identityOf(kind) } })
      assertMet(met)
      assert.deepEqual(met.peer, keyed(kind).certificate)
    })
  }

const sha1 = [0x0403, 0x0804, 0x0401]
for (const [name, version] of [
  ['1.1', 0x0302],
  ['1.0', 0x0301],
] as const)
  for (const kind of ['rsa', 'P-256'] as const)
    test(`a client's certificate of ${kind} in TLS ${name}`, async () => {
      const origin = opensslOrigin({ requestCert: true, rejectUnauthorized: false })
      const hello = offer({ versions: [version], schemes: sha1 })
      const met = await origin.meet({ hello, client: { identity: identityOf(kind) } })
      assertMet(met)
      assert.deepEqual(met.peer, keyed(kind).certificate)
    })

for (const [name, version] of versions) {
  test(`a client without a certificate says so, TLS ${name}`, async () => {
    const origin = opensslOrigin({ requestCert: true, rejectUnauthorized: false })
    const met = await origin.meet({ hello: offer({ versions: [version] }) })
    assertMet(met)
    assert.equal(met.peer, undefined)
  })

  test(`a client whose key the server's schemes do not fit shows none, TLS ${name}`, async () => {
    const origin = opensslOrigin({ requestCert: true, rejectUnauthorized: false, sigalgs: 'rsa_pss_rsae_sha256' })
    const met = await origin.meet({ hello: offer({ versions: [version] }), client: { identity: identityOf('P-256') } })
    assertMet(met)
    assert.equal(met.peer, undefined)
  })

  test(`an OCSP response is stapled to the chain, TLS ${name}`, async () => {
    const response = Buffer.from('30030a0106', 'hex')
    const origin = opensslOrigin({}, server =>
      server.on('OCSPRequest', (_certificate, _issuer, done) => done(null, response)),
    )
    const asks = [5, Buffer.from('0100000000', 'hex')] as const
    const met = await origin.meet({ hello: offer({ versions: [version], and: [asks] }) })
    assert.equal(met.error, undefined)
    assert.deepEqual(Buffer.from(met.client.chain?.ocsp ?? []), response)
  })
}
