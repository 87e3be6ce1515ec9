import type { GeneralName } from './general-name.ts'
import type { Policy } from './policies.ts'
import type { Sct } from './sct.ts'

/** What the extensions say that a program asks for. */
export interface ExtensionValues {
  readonly subjectAlternativeNames: readonly GeneralName[]
  readonly isCa: boolean
  readonly pathLength: number
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly string[]
  readonly subjectKeyId: string
  readonly authorityKeyId: string
  readonly ocspUrls: readonly string[]
  readonly caIssuerUrls: readonly string[]
  readonly crlUrls: readonly string[]
  readonly policies: readonly Policy[]
  readonly scts: readonly Sct[]
  /** TLS extension numbers that the server must answer. RFC 7633 */
  readonly tlsFeatures: readonly number[]
  readonly nameConstraints: NameConstraints
}

export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}
