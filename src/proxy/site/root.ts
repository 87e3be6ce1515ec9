import { readCertificate } from '../../wire/x509/certificate.ts'
import type { DistinguishedName } from '../../wire/x509/distinguished-name.ts'
import type { RootForms } from '../ports.ts'

/** The root that a device is to trust. Nothing of its key is here. */
export interface RootFacts {
  readonly pem: string
  readonly der: Buffer
  /** Its common name. */
  readonly name: string
  /** SHA-256 in hexadecimal, in pairs with colons, as other programs show it. */
  readonly fingerprint: string
  /** ms since the epoch */
  readonly notBefore: number
  readonly notAfter: number
  /** The name of its file in Android's system store, without the ending. */
  readonly androidName: string
  /** Of iOS and macOS. */
  readonly profile: string
}

export function describeRoot(pem: string, forms: RootForms): RootFacts {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const { subject, sha256, notBefore, notAfter } = readCertificate(der)
  const name = nameOf(subject)
  return {
    pem,
    der,
    name,
    fingerprint: (sha256.toUpperCase().match(/../g) ?? []).join(':'),
    notBefore,
    notAfter,
    androidName: forms.subjectHashOld(der),
    profile: forms.mobileconfig(der, name),
  }
}

/** A root that was brought from elsewhere may have any name: what XML cannot hold is replaced. */
function nameOf({ attributes, text }: DistinguishedName): string {
  const [, commonName = text] = attributes.find(([name]) => name === 'CN') ?? []
  return commonName.toWellFormed().replace(/\p{C}/gu, '\ufffd')
}
