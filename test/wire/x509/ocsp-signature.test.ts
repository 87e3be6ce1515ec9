import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readOcspResponse } from '../../../src/wire/x509/ocsp.ts'
import { judgeOcsp } from '../../../src/wire/x509/ocsp-signature.ts'
import { ocspResponse, type Responder } from './ocsp-response.ts'
import { everything, type Issued, intermediate, issue, keys, leaf, noOpenssl, root, shared, today } from './openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)
const respond = (how: Responder = {}) => ocspResponse('good', leaf(), intermediate(), how)
const chain = () => [leaf().der, intermediate().der]
const judge = (response: Uint8Array, issuers: readonly Uint8Array[] = chain(), at = today) =>
  judgeOcsp(response, leaf().der, issuers, at)

const responder = (name: string, issuer: Issued, usage = 'OCSPSigning', to?: string): Issued =>
  shared(name, () =>
    issue({
      key: keys.rsa,
      subject: `/CN=${name}`,
      issuer,
      extensions: `extendedKeyUsage = ${usage}\n`,
      ...(to && { to }),
    }),
  )

it('a response that the issuer signed is verified, whether it names itself or its key', () => {
  for (const options of [[], ['-resp_key_id']]) {
    const { about, verified, detail } = judge(respond({ options }))
    assert.deepEqual([about?.status, verified], ['good', true])
    assert.match(detail, /^ecdsa-with-SHA256 with the issuer’s key/)
  }
})

it('a responder whom the issuer lets sign is believed', () => {
  for (const options of [[], ['-resp_key_id'], ['-rsigopt', 'rsa_padding_mode:pss']]) {
    const { verified, detail } = judge(respond({ signer: responder('Responder', intermediate()), options }))
    assert.equal(verified, true, detail)
    assert.match(detail, /CN=Responder, whom the issuer lets sign/)
  }
})

it('any other responder is not', () => {
  const others: readonly [Issued, RegExp][] = [
    [responder('Server', intermediate(), 'serverAuth'), /CN=Server\) is not for signing OCSP/],
    [responder('Stranger', root()), /CN=Stranger\) has its certificate from another issuer/],
    [
      responder('Former', intermediate(), 'OCSPSigning', '20260101000000Z'),
      /CN=Former\) has a certificate that is not/,
    ],
  ]
  for (const [signer, why] of others) {
    const { verified, detail } = judge(respond({ signer }))
    assert.equal(verified, false)
    assert.match(detail, why)
  }
})

it('a changed answer or a changed signature is found out', () => {
  const der = respond()
  const { signature, signed } = readOcspResponse(der).basic!
  for (const part of [signature, signed.subarray(-4)]) {
    const at = part.byteOffset - der.byteOffset + part.length - 1
    const { verified } = judge(der.with(at, der[at]! ^ 1))
    assert.notEqual(verified, true)
  }
  const at = signature.byteOffset - der.byteOffset + signature.length - 1
  assert.equal(judge(der.with(at, der[at]! ^ 1)).verified, false)
})

it('what cannot be verified says why', () => {
  const nobody = judge(respond(), [leaf().der])
  assert.deepEqual([nobody.verified, nobody.about?.status], [undefined, 'good'])
  assert.match(nobody.detail, /the certificate of the issuer was not seen/)
  const hidden = judge(respond({ signer: responder('Responder', intermediate()), options: ['-resp_no_certs'] }))
  assert.equal(hidden.verified, undefined)
  assert.match(hidden.detail, /the certificate of the responder \(CN=Responder\) is not in it/)
  const other = judge(ocspResponse('good', everything(), root()))
  assert.deepEqual([other.verified, other.about], [undefined, undefined])
  assert.match(other.detail, /says nothing of this certificate/)
  assert.match(judge(Uint8Array.of(0x30, 3, 10, 1, 3)).detail, /its status is tryLater/)
})

it('a certificate that signed itself answers for itself', () => {
  assert.equal(judgeOcsp(ocspResponse('revoked', root(), root()), root().der, [root().der], today).verified, true)
})

it('changed and random bytes are judged, never thrown', () => {
  const der = respond({ signer: responder('Responder', intermediate()) })
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      judge(der.with(at, value))
    }),
    { numRuns: 300 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), bytes => void judge(bytes, [bytes, ...chain()])))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), bytes => void judgeOcsp(der, bytes, chain(), today)))
})
