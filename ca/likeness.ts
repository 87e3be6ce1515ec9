import { createHash } from 'node:crypto'
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
    const { commonName, extensions, validity, keyAlgorithm } = readCertificateParts(der)
    if (Number.isNaN(validity.notBefore) || Number.isNaN(validity.notAfter)) return undefined
    const altNames = extensions.get(oids.subjectAltName)
    const { dnsNames, addresses } = altNames ? readAltNames(altNames) : { dnsNames: [], addresses: [] }
    const copied = {
      ...(commonName === undefined ? {} : { commonName }),
      dnsNames: dnsNames.slice(0, maxNames),
      addresses: addresses.slice(0, maxNames),
      validity,
      keyType: keyAlgorithm === oids.rsaEncryption ? ('rsa' as const) : ('ec' as const),
    }
    return { ...copied, fingerprint: createHash('sha256').update(JSON.stringify(copied)).digest('hex') }
  } catch {
    return undefined // a leaf that copies nothing is better than none
  }
}
