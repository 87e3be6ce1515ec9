import { createHash, X509Certificate } from 'node:crypto'
import type { Validity } from './certificate.ts'
import { readAltNames, readCertificateParts } from './certificate-parts.ts'
import { oids } from './extensions.ts'

/** What a leaf copies from the server's real certificate. */
export interface Likeness {
  readonly commonName?: string
  readonly dnsNames: readonly string[]
  readonly addresses: readonly Buffer[]
  readonly validity: Validity
  readonly keyType: 'ec' | 'rsa'
  /** SHA-256 (hex) of all the fields above: certificates that lead to the same leaf share it. */
  readonly fingerprint: string
}

const maxNames = 500 // what a server may make us copy: its certificate can be 100 kB, and we keep many

/** Reads a server's certificate (DER) of any key type; undefined where the bytes are not a certificate. */
export function readLikeness(der: Buffer): Likeness | undefined {
  try {
    const certificate = new X509Certificate(der)
    const { commonName, extensions } = readCertificateParts(certificate.raw)
    const altNames = extensions.get(oids.subjectAltName)
    const { dnsNames, addresses } = altNames ? readAltNames(altNames) : { dnsNames: [], addresses: [] }
    const validity = { notBefore: certificate.validFromDate.getTime(), notAfter: certificate.validToDate.getTime() }
    if (Number.isNaN(validity.notBefore) || Number.isNaN(validity.notAfter)) return undefined
    const copied = {
      ...(commonName === undefined ? {} : { commonName }),
      dnsNames: dnsNames.slice(0, maxNames),
      addresses: addresses.slice(0, maxNames),
      validity,
      keyType: keyTypeOf(certificate),
    }
    return { ...copied, fingerprint: createHash('sha256').update(JSON.stringify(copied)).digest('hex') }
  } catch {
    return undefined // a leaf that copies nothing is better than none
  }
}

function keyTypeOf(certificate: X509Certificate): 'ec' | 'rsa' {
  try {
    return certificate.publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec'
  } catch {
    return 'ec' // a key type that this Node does not know
  }
}
