import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { certificatesIn, isOfParley, standingIn, trustedRoot } from '../../../ca/trust/store.ts'
import { folderFor, realCertificate } from '../make.ts'
import { rootIn } from './machine.ts'

test('a root is known by its hashes, and by a name that no other has', async t => {
  const root = await rootIn(folderFor(t))
  const certificate = new X509Certificate(root.pem)
  const hex = (text: string) => text.replaceAll(':', '').toLowerCase()
  assert.deepEqual([root.sha1, root.sha256], [hex(certificate.fingerprint), hex(certificate.fingerprint256)])
  assert.equal(root.name, `parley-${root.sha256.slice(0, 16)}`)
  assert.throws(() => trustedRoot(Buffer.from('no certificate'), ''))
})

test('it is trusted by its bytes; another of Parley’s is not it, and a name inside another certificate is nobody’s', async t => {
  const folder = folderFor(t)
  const [root, other] = [await rootIn(folder), await rootIn(folder)]
  const stranger = await realCertificate({ commonName: 'A root' })
  const pretender = await realCertificate({ commonName: 'x', dnsNames: ['Parley CA (x)'] })
  assert.equal(standingIn([stranger, other.der, root.der], root), 'trusted')
  assert.equal(standingIn([stranger, other.der], root), 'other-root')
  assert.equal(standingIn([stranger, pretender], root), 'not-trusted')
  assert.equal(standingIn([], root), 'not-trusted')
  assert.equal(isOfParley(Buffer.from('Parley CA (, but no certificate')), false)
})

test('certificates are found in any text around them', async t => {
  const root = await rootIn(folderFor(t))
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const found = certificatesIn(`${before}\r\n${root.pem.replaceAll('\n', '\r\n')}${after}`)
      assert.ok(found.some(der => der.equals(root.der)))
    }),
    { numRuns: 50 },
  )
  assert.deepEqual(certificatesIn('-----BEGIN CERTIFICATE-----\nAAAA'), [])
})
