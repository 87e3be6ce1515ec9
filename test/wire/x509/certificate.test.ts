import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../src/wire/reader.ts'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { everything, type Issued, issue, keys, leaf, noOpenssl, openssl, root, sctLogId } from './openssl.ts'

const opensslSays = ({ name }: Issued, ...what: string[]): string =>
  openssl('x509', '-in', `${name}.pem`, '-noout', ...what).trim()

/** The same questions put to node:crypto and the openssl program. */
function agreesWithOthers(issued: Issued): void {
  const facts = readCertificate(issued.der)
  const node = new X509Certificate(issued.der)
  assert.equal(facts.serial.toUpperCase(), node.serialNumber)
  assert.equal(facts.sha256, node.fingerprint256.replaceAll(':', '').toLowerCase())
  assert.equal(facts.sha1, node.fingerprint.replaceAll(':', '').toLowerCase())
  assert.equal(facts.notBefore, node.validFromDate.getTime())
  assert.equal(facts.notAfter, node.validToDate.getTime())
  assert.equal(facts.isCa, node.ca)
  assert.equal(facts.subject.attributes.map(pair => pair.join('=')).join('\n'), node.subject.replace('\\,', ','))
  assert.equal(facts.issuer.attributes.map(pair => pair.join('=')).join('\n'), node.issuer)
  assert.equal(facts.selfSigned, node.verify(node.publicKey))
  const text = opensslSays(issued, '-text')
  assert.match(text, new RegExp(`Version: ${facts.version} `))
  if (facts.key.bits) assert.ok(text.includes(`Public-Key: (${facts.key.bits} bit)`))
  const rfc2253 = opensslSays(issued, '-subject', '-nameopt', 'RFC2253,-esc_msb,utf8,sname')
  assert.equal(facts.subject.text.replace(/(?<!\\), /g, ','), rfc2253.replace(/^subject=/, ''))
}

const algorithms = [
  { key: 'rsa', type: 'RSA', bits: 2048, signature: 'sha256WithRSAEncryption', hash: 'SHA-256' },
  { key: 'rsa1024', type: 'RSA', bits: 1024, signature: 'sha1WithRSAEncryption', hash: 'SHA-1', digest: 'sha1' },
  { key: 'pss', type: 'RSA-PSS', bits: 2048, signature: 'RSASSA-PSS', hash: 'SHA-384', digest: 'sha384' },
  { key: 'p256', type: 'EC', bits: 256, curve: 'P-256', signature: 'ecdsa-with-SHA256', hash: 'SHA-256' },
  {
    key: 'p384',
    type: 'EC',
    bits: 384,
    curve: 'P-384',
    signature: 'ecdsa-with-SHA512',
    hash: 'SHA-512',
    digest: 'sha512',
  },
  { key: 'ed25519', type: 'Ed25519', signature: 'Ed25519', digest: 'default' },
] as const

for (const expected of algorithms)
  test(`a ${expected.key} certificate reads as openssl and node:crypto read it`, { skip: noOpenssl }, () => {
    const digest = 'digest' in expected ? expected.digest : 'sha256'
    const issued = issue({ key: keys[expected.key], subject: `/O=Test/CN=${expected.key}`, digest })
    const facts = readCertificate(issued.der)
    assert.equal(facts.key.type, expected.type)
    assert.equal(facts.key.bits, 'bits' in expected ? expected.bits : undefined)
    assert.equal(facts.key.curve, 'curve' in expected ? expected.curve : undefined)
    assert.equal(facts.signatureAlgorithm.name, expected.signature)
    assert.equal(facts.signatureAlgorithm.hash, 'hash' in expected ? expected.hash : undefined)
    assert.equal(facts.selfSigned, true)
    agreesWithOthers(issued)
  })

test('the key pin is that of openssl', { skip: noOpenssl }, () => {
  const facts = readCertificate(leaf().der)
  const spki = Buffer.from(new X509Certificate(leaf().der).publicKey.export({ type: 'spki', format: 'der' }))
  assert.deepEqual(Buffer.from(facts.key.spki), spki)
  assert.equal(Buffer.from(facts.key.spkiSha256Base64, 'base64').toString('hex'), facts.key.spkiSha256)
})

test('every extension becomes a fact', { skip: noOpenssl }, () => {
  agreesWithOthers(everything())
  const facts = readCertificate(everything().der)
  assert.equal(facts.subject.text, 'CN=all.example.com, O=Ümlaut\\, Ltd, C=GB')
  assert.deepEqual([facts.isCa, facts.pathLength, facts.mustStaple, facts.validation], [true, 3, true, 'OV'])
  assert.deepEqual(facts.keyUsage, ['digitalSignature', 'keyEncipherment', 'keyCertSign'])
  assert.deepEqual(facts.extendedKeyUsage, ['serverAuth', 'clientAuth', '1.2.3.4'])
  assert.deepEqual(facts.san.dns, ['all.example.com', '*.all.example.com'])
  assert.deepEqual(facts.san.ip, ['192.0.2.7', '2001:db8::7'])
  assert.deepEqual(facts.san.email, ['a@example.com'])
  assert.deepEqual(facts.san.uri, ['https://example.com/x'])
  assert.deepEqual(facts.san.directory, ['O=Directory, C=GB'])
  assert.deepEqual(facts.ocspUrls, ['http://ocsp.example.com/'])
  assert.deepEqual(facts.caIssuerUrls, ['http://ca.example.com/ca.cer'])
  assert.deepEqual(facts.crlUrls, ['http://crl.example.com/a.crl', 'http://crl.example.com/b.crl'])
  assert.deepEqual(
    facts.policies.map(policy => policy.oid),
    ['2.23.140.1.2.2', '1.2.3.4.5.6', '1.3.6.1.4.1.44947.1.1.1'],
  )
  assert.deepEqual([facts.policies[2]?.cps, facts.policies[2]?.notices], [['https://cps.example.com/'], ['read this']])
  assert.deepEqual(
    facts.scts.map(sct => [sct.logId, sct.timestamp]),
    [[sctLogId, Date.UTC(2024, 0, 1)]],
  )
  assert.deepEqual(
    facts.nameConstraints?.permitted.map(name => name.value),
    ['example.com', '192.0.2.0/255.255.255.0'],
  )
  assert.equal(facts.authorityKeyId, readCertificate(root().der).subjectKeyId)
  assert.deepEqual(
    facts.extensions.filter(extension => extension.malformed).map(extension => extension.name),
    [],
  )
})

test("a certificate with its issuer's name and another's signature is not self-signed", { skip: noOpenssl }, () => {
  const twin = issue({ key: keys.p256, subject: '/C=GB/O=Test/CN=Test Root', issuer: root() })
  const facts = readCertificate(twin.der)
  assert.equal(facts.subject.text, facts.issuer.text)
  assert.equal(facts.selfSigned, false)
})

test('what is no certificate is refused with its place', () => {
  assert.throws(() => readCertificate(new Uint8Array()), new MalformedError(0, 'certificate: certificate is cut off'))
  assert.throws(() => readCertificate(Buffer.from('-----BEGIN CERTIFICATE-----')), MalformedError)
})

function valueOrMalformed(input: Uint8Array): void {
  try {
    readCertificate(input)
  } catch (error) {
    assert.ok(error instanceof MalformedError, String(error))
    assert.ok(error.offset >= 0 && error.offset <= input.length)
  }
}

test('random bytes are values or MalformedErrors', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), valueOrMalformed))
})

test('a certificate cut short anywhere is refused', { skip: noOpenssl }, () => {
  const { der } = everything()
  for (let length = 0; length < der.length; length += 3)
    assert.throws(() => readCertificate(der.subarray(0, length)), MalformedError)
})

test('bytes changed anywhere leave a value or a MalformedError', { skip: noOpenssl }, () => {
  const { der } = everything()
  const change = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      const changed = der.slice()
      for (const [at, value] of changes) changed[at] = value
      valueOrMalformed(changed)
    }),
    { numRuns: 500 },
  )
})
