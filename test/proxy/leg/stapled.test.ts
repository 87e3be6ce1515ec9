import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import type { PeerCertificate } from '../../../src/proxy/leg/peer-certificate.ts'
import { revocation } from '../../../src/proxy/leg/stapled.ts'
import { readOcspResponse } from '../../../src/wire/x509/ocsp.ts'
import { ocspResponse } from '../../wire/x509/ocsp-response.ts'
import { type Issued, intermediate, leaf, noOpenssl, root, today } from '../../wire/x509/openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)
const revoked = () => ocspResponse('revoked', leaf(), intermediate())

/** As Node gives the certificate of a server: with its issuer, where that is known. */
const peerOf = ({ der }: Issued, issuer?: Issued): PeerCertificate =>
  ({ raw: Buffer.from(der), ...(issuer && { issuerCertificate: new X509Certificate(issuer.der) }) }) as never

it('a response that says revoked is the server’s problem, with day, reason and who signed', () => {
  const problem = revocation(revoked(), peerOf(leaf(), intermediate()), today)
  assert.deepEqual([problem?.code, problem?.blame], ['tls/certificate-revoked', 'server'])
  assert.match(
    problem?.message ?? '',
    /on 2025-03-01, keyCompromise, .* signed ecdsa-with-SHA256 with the issuer’s key/,
  )
})

it('where nobody can tell who signed, the problem says so', () => {
  assert.match(revocation(revoked(), peerOf(leaf()), today)?.message ?? '', /whose signature is not verified/)
})

it('one that the issuer did not sign says nothing', () => {
  const der = revoked()
  const { signature } = readOcspResponse(der).basic!
  const at = signature.byteOffset - der.byteOffset + signature.length - 1
  assert.equal(revocation(der.with(at, der[at]! ^ 1), peerOf(leaf(), intermediate()), today), undefined)
  const strange = ocspResponse('revoked', leaf(), intermediate(), { signer: root() })
  assert.equal(revocation(strange, peerOf(leaf(), intermediate()), today), undefined)
})

it('a good response, one about another certificate and one that cannot be read say nothing', () => {
  const peer = peerOf(leaf(), intermediate())
  assert.equal(revocation(ocspResponse('good', leaf(), intermediate()), peer, today), undefined)
  assert.equal(revocation(ocspResponse('revoked', intermediate(), root()), peer, today), undefined)
  assert.equal(revocation(revoked(), undefined, today), undefined)
  const der = revoked()
  for (let length = 0; length < der.length; length += 7)
    assert.equal(revocation(der.subarray(0, length), peer, today), undefined)
})
