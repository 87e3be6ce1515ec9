import { structureOf } from '../../compare/chain.ts'
import { writePem } from '../../wire/x509/pem.ts'
import { showKey } from '../../wire/x509/public-key.ts'

export interface CertificateJson {
  /** RFC 7468 */
  readonly pem: string
  /** Absent, as is all that follows, where the certificate cannot be read. */
  readonly subject?: string
  readonly issuer?: string
  readonly serial?: string
  /** ISO 8601 */
  readonly notBefore?: string
  readonly notAfter?: string
  readonly key?: string
  readonly subjectAlternativeNames?: readonly string[]
}

export function certificateJson(der: Uint8Array): CertificateJson {
  const pem = writePem([der])
  const structure = structureOf(der)
  if (!structure) return { pem }
  const { subject, issuer, serial, notBefore, notAfter, key, extensions } = structure
  return {
    pem,
    subject: subject.text,
    issuer: issuer.text,
    serial,
    ...dates({ notBefore, notAfter }),
    key: showKey(key),
    subjectAlternativeNames: (extensions.values.subjectAlternativeNames ?? []).map(({ value }) => value),
  }
}

/** A date outside what JavaScript can write is left out. */
const dates = (times: Readonly<Record<'notBefore' | 'notAfter', number>>): Partial<typeof times & CertificateJson> =>
  Object.fromEntries(
    Object.entries(times).flatMap(([name, at]) => {
      const date = new Date(at)
      return Number.isNaN(date.getTime()) ? [] : [[name, date.toISOString()]]
    }),
  )
