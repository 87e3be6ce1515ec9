import { type Field, hex, MalformedError } from '../reader.ts'
import { readAlgorithm, readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts'
import { context, DerReader, tags } from './der.ts'
import { readName } from './distinguished-name.ts'
import { type Extension, readExtensions } from './extensions.ts'
import { revocationReasons, showOid } from './names.ts'

/** What the responder says of one certificate. Times in ms since the epoch, identifiers in hex. */
export interface OcspCertificate {
  readonly serial: string
  readonly hashAlgorithm: string
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt?: number
  /** RFC 5280 5.3.1, such as 'keyCompromise'. */
  readonly reason?: string
  readonly thisUpdate: number
  readonly nextUpdate?: number
  readonly extensions: readonly Extension[]
}

export interface BasicOcsp {
  /** The responder's name, or the SHA-1 of its key in hex. */
  readonly responder: string
  readonly responderId: ResponderId
  readonly producedAt: number
  readonly certificates: readonly OcspCertificate[]
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  /** What the signature covers: tbsResponseData in DER. */
  readonly signed: Uint8Array
  readonly extensions: readonly Extension[]
  /** DER, of the responder, where it is not the issuer itself. */
  readonly responderCertificates: readonly Uint8Array[]
}

/** A distinguished name in DER, or the SHA-1 of a key. RFC 6960 4.2.1 */
export type ResponderId = { readonly name: Uint8Array } | { readonly keyHash: Uint8Array }

export interface OcspFacts {
  readonly status: string
  /** Absent where the status is not 'successful', or the response is of another type. */
  readonly basic?: BasicOcsp
}

const statuses: Readonly<Record<number, string>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}
const basicType = '1.3.6.1.5.5.7.48.1.1'

/** An OCSPResponse in DER, as stapled. RFC 6960 4.2.1. Throws MalformedError for anything else. */
export const readOcspResponse = (der: Uint8Array): OcspFacts => read(der).facts

/** Every part of an OCSPResponse as a tree, each with its place in `der`. */
export const ocspFields = (der: Uint8Array): readonly Field[] => read(der).fields

function read(der: Uint8Array): { facts: OcspFacts; fields: readonly Field[] } {
  const reader = new DerReader(der, 'OCSP response')
  const showStatus = (n: number): string => statuses[n] ?? String(n)
  const facts = reader.sequence('OCSP response', inner => {
    const status = showStatus(inner.number('status', showStatus, tags.enumerated))
    const basic = inner.optional(context(0), r => r.group(context(0), 'response', readResponseBytes))
    return basic ? { status, basic } : { status }
  })
  reader.finish()
  return { facts, fields: reader.fields }
}

const readResponseBytes = (reader: DerReader): BasicOcsp | undefined =>
  reader.sequence('response bytes', inner => {
    const type = inner.oid('type', showOid)
    if (type === basicType) return inner.group(tags.octetString, 'basic response', readBasic)
    inner.content(tags.octetString, 'response')
    return undefined
  })

const readBasic = (reader: DerReader): BasicOcsp =>
  reader.sequence('basic OCSP response', inner => {
    const start = inner.offset
    const data = inner.sequence('response data', readData)
    const signed = inner.whole.subarray(start, inner.offset)
    const signatureAlgorithm = readSignatureAlgorithm(inner, 'signature algorithm')
    const signature = inner.bitString('signature').bytes
    const readCertificates = (r: DerReader): Uint8Array[] =>
      r.group(context(0), 'certificates', g => g.sequence('list', l => l.list(one => one.any('certificate'))))
    const responderCertificates = inner.optional(context(0), readCertificates) ?? []
    return { ...data, signatureAlgorithm, signature, signed, responderCertificates }
  })

type ResponseData = Pick<BasicOcsp, 'responder' | 'responderId' | 'producedAt' | 'certificates' | 'extensions'>

function readData(reader: DerReader): ResponseData {
  reader.optional(context(0), r => r.group(context(0), 'version', g => g.number('number', n => `v${n + 1}`)))
  const responder = readResponder(reader)
  const producedAt = reader.time('produced at', tags.generalizedTime)
  const certificates = reader.sequence('responses', inner => inner.list(readSingle))
  return { ...responder, producedAt, certificates, extensions: readTagged(reader) }
}

function readResponder(reader: DerReader): Pick<BasicOcsp, 'responder' | 'responderId'> {
  if (reader.next === context(1)) {
    const { text, bytes } = reader.group(
      context(1),
      'responder',
      inner => readName(inner, 'name'),
      name => name.text,
    )
    return { responder: text, responderId: { name: bytes } }
  }
  const keyHash = reader.group(context(2), 'responder', inner => inner.content(tags.octetString, 'key hash'), hex)
  return { responder: hex(keyHash), responderId: { keyHash } }
}

const readTagged = (reader: DerReader): readonly Extension[] =>
  reader.optional(context(1), r => r.group(context(1), 'extensions', readExtensions).list) ?? []

const readSingle = (reader: DerReader): OcspCertificate =>
  reader.sequence(
    'response',
    inner => {
      const id = inner.sequence('certificate id', readCertificateId, ({ serial }) => `serial number ${serial}`)
      const status = readStatus(inner)
      const thisUpdate = inner.time('this update', tags.generalizedTime)
      const nextUpdate = inner.optional(context(0), r =>
        r.group(context(0), 'next update', g => g.time('time', tags.generalizedTime)),
      )
      const extensions = readTagged(inner)
      return { ...id, ...status, thisUpdate, ...(nextUpdate !== undefined && { nextUpdate }), extensions }
    },
    ({ serial, status }) => `${serial} ${status}`,
  )

const readCertificateId = (inner: DerReader) => ({
  hashAlgorithm: readAlgorithm(inner, 'hash algorithm'),
  issuerNameHash: hex(inner.content(tags.octetString, 'issuer name hash')),
  issuerKeyHash: hex(inner.content(tags.octetString, 'issuer key hash')),
  serial: hex(inner.integer('serial number')),
})

function readStatus(reader: DerReader): Pick<OcspCertificate, 'status' | 'revokedAt' | 'reason'> {
  switch (reader.next) {
    case context(0, false):
      reader.content(context(0, false), 'status', () => 'good')
      return { status: 'good' }
    case context(2, false):
      reader.content(context(2, false), 'status', () => 'unknown')
      return { status: 'unknown' }
    case context(1):
      return reader.group(context(1), 'status', readRevoked, ({ reason }) => `revoked${reason ? `, ${reason}` : ''}`)
    default:
      throw new MalformedError(reader.offset, `OCSP: tag ${reader.next} is no certificate status`)
  }
}

function readRevoked(reader: DerReader): Pick<OcspCertificate, 'status' | 'revokedAt' | 'reason'> {
  const revokedAt = reader.time('revoked at', tags.generalizedTime)
  const showReason = (n: number): string => revocationReasons[n] ?? String(n)
  const reason = reader.optional(context(0), r =>
    r.group(context(0), 'reason', g => showReason(g.number('code', showReason, tags.enumerated))),
  )
  return reason === undefined ? { status: 'revoked', revokedAt } : { status: 'revoked', revokedAt, reason }
}
