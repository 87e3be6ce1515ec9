import { createHash } from 'node:crypto'
import type { SignatureAlgorithm } from './algorithm.ts'
import type { DistinguishedName } from './distinguished-name.ts'
import type { ExtensionValues } from './extension-values.ts'
import type { Extension } from './extensions.ts'
import type { GeneralName, GeneralNameType } from './general-name.ts'
import { isSameName } from './name-comparison.ts'
import { type Validation, validations } from './names.ts'
import type { KeyFacts } from './public-key.ts'
import { isSignedBy } from './signature.ts'
import { readStructure, type Structure } from './structure.ts'

type Told = 'isCa' | 'pathLength' | 'subjectAlternativeNames' | 'subjectKeyId' | 'authorityKeyId' | 'nameConstraints'

/** What a certificate says, of any key type, whoever sent or minted it. Hex is in small letters without separators. */
export interface CertificateFacts
  extends Omit<ExtensionValues, Told>,
    Partial<Pick<ExtensionValues, 'pathLength' | 'subjectKeyId' | 'authorityKeyId' | 'nameConstraints'>> {
  readonly der: Uint8Array
  /** 1, 2 or 3 */
  readonly version: number
  readonly serial: string
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** ms since the epoch */
  readonly notBefore: number
  /** ms since the epoch; the certificate is still valid then */
  readonly notAfter: number
  readonly key: KeyFacts
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly alternativeNames: readonly GeneralName[]
  /** The same by their type. */
  readonly san: Readonly<Record<GeneralNameType, readonly string[]>>
  readonly isCa: boolean
  readonly mustStaple: boolean
  /** From the policies; absent for private authorities. */
  readonly validation?: Validation
  /** All of them in order, known or not. */
  readonly extensions: readonly Extension[]
  readonly sha1: string
  readonly sha256: string
  /** Issued to itself, and its own key verifies it. */
  readonly selfSigned: boolean
}

const nothing = {
  keyUsage: [],
  extendedKeyUsage: [],
  ocspUrls: [],
  caIssuerUrls: [],
  crlUrls: [],
  policies: [],
  scts: [],
  tlsFeatures: [],
  isCa: false,
}

const statusRequest = 5

/** Reads one certificate in DER. RFC 5280. Throws MalformedError, with the offset, for what is no certificate. */
export function readCertificate(der: Uint8Array): CertificateFacts {
  const { fields: _, extensions, ...rest } = readStructure(der)
  const { subjectAlternativeNames = [], ...values } = extensions.values
  const validation = values.policies?.map(policy => validations[policy.oid]).find(found => found !== undefined)
  return {
    der,
    ...rest,
    ...nothing,
    ...values,
    ...(validation && { validation }),
    alternativeNames: subjectAlternativeNames,
    san: byType(subjectAlternativeNames),
    mustStaple: values.tlsFeatures?.includes(statusRequest) ?? false,
    extensions: extensions.list,
    sha1: fingerprint('sha1', der),
    sha256: fingerprint('sha256', der),
    selfSigned: isSelfIssued(rest) && isSignedBy(der, der) === true,
  }
}

/** Subject and issuer are the same name, which says nothing about the signature. */
export const isSelfIssued = ({ subject, issuer }: Pick<Structure, 'subject' | 'issuer'>): boolean =>
  isSameName(subject, issuer)

const fingerprint = (hash: string, der: Uint8Array): string => createHash(hash).update(der).digest('hex')

function byType(names: readonly GeneralName[]): CertificateFacts['san'] {
  const of = (type: GeneralNameType): string[] => names.filter(name => name.type === type).map(name => name.value)
  return {
    dns: of('dns'),
    ip: of('ip'),
    email: of('email'),
    uri: of('uri'),
    directory: of('directory'),
    oid: of('oid'),
    other: of('other'),
  }
}
