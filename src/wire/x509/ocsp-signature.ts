import { createHash } from 'node:crypto'
import { MalformedError } from '../reader.ts'
import { showAlgorithm } from './algorithm.ts'
import { DerReader } from './der.ts'
import { type BasicOcsp, type OcspCertificate, readOcspResponse } from './ocsp.ts'
import { isMadeBy, isSignedBy } from './signature.ts'
import { readStructure, type Structure } from './structure.ts'

/** What an OCSP response is worth for one certificate. */
export interface OcspJudgement {
  /** What it says of the certificate; absent where it says nothing of it. */
  readonly about?: OcspCertificate
  /** Whether somebody signed it who may (RFC 6960 4.2.2.2); absent where that cannot be told. */
  readonly verified?: boolean
  /** Who signed it, or why it does not hold or cannot be verified. */
  readonly detail: string
}

const mostTried = 8 // certificates that may be the issuer's or the responder's; there is one of each

/**
 * Judges a response about `certificate` (DER). `issuers` are certificates among which the issuer's may be; `at` is when,
 * in ms since the epoch. Never throws.
 */
export function judgeOcsp(
  response: Uint8Array,
  certificate: Uint8Array,
  issuers: readonly Uint8Array[],
  at: number,
): OcspJudgement {
  try {
    const { status, basic } = readOcspResponse(response)
    if (!basic) return { detail: `not verified: its status is ${status}, and it says no more` }
    const subject = readStructure(certificate)
    const issuer = issuers.slice(0, mostTried).find(der => isIssuer(der, subject, certificate))
    if (!issuer) {
      const about = basic.certificates.find(({ serial }) => serial === subject.serial)
      return { ...(about && { about }), detail: 'not verified: the certificate of the issuer was not seen' }
    }
    const authority = { der: issuer, ...readStructure(issuer) }
    const about = basic.certificates.find(one => speaksOf(one, subject, authority))
    if (!about) return { detail: 'not verified: it says nothing of this certificate' }
    return { about, ...judgeSignature(basic, authority, at) }
  } catch (error) {
    if (error instanceof MalformedError) return { detail: `not verified: ${error.message}` }
    throw error
  }
}

interface Signer extends Structure {
  readonly der: Uint8Array
}

type Signed = Pick<OcspJudgement, 'verified' | 'detail'>

/** The issuer itself signs, or a responder whose certificate the issuer signed for just that. */
function judgeSignature(basic: BasicOcsp, issuer: Signer, at: number): Signed {
  if (isResponder(basic, issuer)) return judgeKey(basic, issuer, 'the issuer’s key')
  const delegate = basic.responderCertificates
    .slice(0, mostTried)
    .map(der => ({ der, ...readStructure(der) }))
    .find(signer => isResponder(basic, signer))
  if (!delegate) return { detail: `not verified: the certificate of the responder (${basic.responder}) is not in it` }
  const refusal = whyNot(delegate, issuer, at)
  if (refusal) return { verified: false, detail: `its responder (${delegate.subject.text}) ${refusal}` }
  return judgeKey(basic, delegate, `the key of ${delegate.subject.text}, whom the issuer lets sign OCSP responses`)
}

function judgeKey({ signatureAlgorithm, signed, signature }: BasicOcsp, { key }: Signer, whose: string): Signed {
  const name = showAlgorithm(signatureAlgorithm)
  const verified = isMadeBy(key.spki, signatureAlgorithm, signed, signature)
  if (verified === undefined) return { detail: `not verified: ${name} with ${whose} is not supported` }
  return { verified, detail: `${name} with ${whose} (RFC 6960 4.2.2.2)` }
}

/** What keeps a delegate from being believed. */
function whyNot(delegate: Signer, issuer: Signer, at: number): string | undefined {
  if (!isIssuer(issuer.der, delegate, delegate.der)) return 'has its certificate from another issuer'
  if (!delegate.extensions.values.extendedKeyUsage?.includes('OCSPSigning')) return 'is not for signing OCSP responses'
  if (at < delegate.notBefore || at > delegate.notAfter) return 'has a certificate that is not valid now'
  return undefined
}

const isIssuer = (der: Uint8Array, subject: Structure, certificate: Uint8Array): boolean =>
  same(subjectOf(der), subject.issuer.bytes) && isSignedBy(certificate, der) === true

const isResponder = ({ responderId }: BasicOcsp, { subject, key }: Structure): boolean =>
  'name' in responderId
    ? same(responderId.name, subject.bytes)
    : same(responderId.keyHash, createHash('sha1').update(keyBits(key.spki)).digest())

/** RFC 6960 4.1.1: the serial number, and hashes of the issuer's name and key. */
function speaksOf(one: OcspCertificate, { serial }: Structure, issuer: Structure): boolean {
  if (one.serial !== serial || !/^(SHA|MD5)/.test(one.hashAlgorithm)) return false // an unknown one is in dotted decimal
  const hash = (bytes: Uint8Array): string =>
    createHash(one.hashAlgorithm.replace('SHA-', 'sha')).update(bytes).digest('hex')
  return one.issuerNameHash === hash(issuer.subject.bytes) && one.issuerKeyHash === hash(keyBits(issuer.key.spki))
}

/** The public key without its algorithm: the bit string of a SubjectPublicKeyInfo. */
const keyBits = (spki: Uint8Array): Uint8Array =>
  new DerReader(spki, 'public key').sequence('public key', inner => {
    inner.any('algorithm')
    return inner.bitString('key').bytes
  })

function subjectOf(der: Uint8Array): Uint8Array | undefined {
  try {
    return readStructure(der).subject.bytes
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}

const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0
