import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, boolean, explicit, implicit, integer, nothing, octets, oid, sequence, set, time, utf8 } from './der.ts'

/** What a certificate (RFC 5280) says, and who signs it. */
export interface CertificateSpec {
  readonly subject: string
  readonly key: KeyObject
  readonly issuer: { readonly subject: string; readonly key: KeyObject }
  readonly notBefore: Date
  readonly notAfter: Date
  /** 'authority' signs others; 'server' and 'client' are leaves. */
  readonly use: 'authority' | 'server' | 'client'
  /** subjectAltName dNSName entries. */
  readonly names?: readonly string[]
  /** The object identifier of the policy it was issued under. */
  readonly policy?: string
}

/** A signed certificate in PEM. */
export function certificatePem(spec: CertificateSpec): string {
  const algorithm = signatureAlgorithm(spec.issuer.key)
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40 // positive, and never a leading zero byte
  const tbs = sequence(
    explicit(0, integer(2)), // v3
    integer(...serial),
    algorithm,
    commonName(spec.issuer.subject),
    sequence(time(spec.notBefore), time(spec.notAfter)),
    commonName(spec.subject),
    publicKeyInfo(spec.key),
    explicit(3, sequence(...extensions(spec))),
  )
  const der = sequence(tbs, algorithm, bits(sign('sha256', tbs, spec.issuer.key)))
  const lines = der.toString('base64').match(/.{1,64}/g)!
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(oid('1.2.840.113549.1.1.11'), nothing()) // sha256WithRSAEncryption
    : sequence(oid('1.2.840.10045.4.3.2')) // ecdsa-with-SHA256
}

const commonName = (text: string) => sequence(set(sequence(oid('2.5.4.3'), utf8(text))))

const publicKeyInfo = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' })

/** A key identifier of 160 bits, as RFC 7093 section 2 method 4 allows. */
const keyId = (key: KeyObject) => createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20)

function extensions(spec: CertificateSpec): Buffer[] {
  const authority = spec.use === 'authority'
  const purpose = spec.use === 'client' ? '1.3.6.1.5.5.7.3.2' : '1.3.6.1.5.5.7.3.1'
  const names = spec.names?.map(name => implicit(2, Buffer.from(name))) ?? []
  return [
    extension('2.5.29.19', true, authority ? sequence(boolean(true)) : sequence()), // basicConstraints
    extension('2.5.29.15', true, keyUsage(spec)),
    ...(authority ? [] : [extension('2.5.29.37', false, sequence(oid(purpose)))]), // extKeyUsage
    ...(names.length > 0 ? [extension('2.5.29.17', false, sequence(...names))] : []), // subjectAltName
    ...(spec.policy ? [extension('2.5.29.32', false, sequence(sequence(oid(spec.policy))))] : []), // certificatePolicies
    extension('2.5.29.14', false, octets(keyId(spec.key))), // subjectKeyIdentifier
    extension('2.5.29.35', false, sequence(implicit(0, keyId(spec.issuer.key)))), // authorityKeyIdentifier
  ]
}

const extension = (id: string, critical: boolean, value: Buffer) =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))

function keyUsage(spec: CertificateSpec): Buffer {
  if (spec.use === 'authority') return bits(Buffer.of(0b0000_0110), 1) // keyCertSign, cRLSign
  if (spec.key.asymmetricKeyType === 'rsa') return bits(Buffer.of(0b1010_0000), 5) // digitalSignature, keyEncipherment
  return bits(Buffer.of(0b1000_0000), 7) // digitalSignature
}
