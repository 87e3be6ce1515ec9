import type { Validity } from './certificate.ts'
import { bytesOf, decode, itemsOf, type Node, oidOf, tagOf, textOf, timeOf } from './der.ts'
import { oids } from './extensions.ts'

/** The parts of a certificate that a leaf is built from, whatever its key type. */
export interface CertificateParts {
  readonly subject: Node
  /** NaN where a certificate says no time. */
  readonly validity: Validity
  /** Dotted OID of the key's algorithm; absent where there is none. */
  readonly keyAlgorithm?: string
  /** The last common name of the subject, which is the most specific one. */
  readonly commonName?: string
  /** extnValue by dotted OID. */
  readonly extensions: ReadonlyMap<string, Buffer>
}

/** Reads a DER certificate (RFC 5280 4.1). Throws an Error on bytes that are not DER. */
export function readCertificateParts(der: Buffer): CertificateParts {
  const tbs = itemsOf(itemsOf(decode(der))[0])
  const versionFields = tbs[0] !== undefined && tagOf(tbs[0]) === 0 ? 1 : 0 // v1 leaves the version out
  const subject = tbs[versionFields + 4]
  if (subject === undefined) throw new Error('a certificate without a subject')
  const commonName = readCommonName(subject)
  const [notBefore, notAfter] = itemsOf(tbs[versionFields + 3]).map(timeOf)
  const keyAlgorithm = oidOf(itemsOf(itemsOf(tbs[versionFields + 5])[0])[0])
  const extensions = new Map<string, Buffer>()
  for (const extension of extensionsOf(tbs)) {
    const items = itemsOf(extension)
    const id = oidOf(items[0])
    if (id !== undefined) extensions.set(id, bytesOf(items.at(-1)))
  }
  return {
    subject,
    validity: { notBefore: notBefore ?? Number.NaN, notAfter: notAfter ?? Number.NaN },
    extensions,
    ...(keyAlgorithm === undefined ? {} : { keyAlgorithm }),
    ...(commonName === undefined ? {} : { commonName }),
  }
}

/** The extensions of a DER certificate as they stand there, critical or not. Throws an Error on bytes that are not DER. */
export const readExtensions = (der: Buffer): readonly Node[] => extensionsOf(itemsOf(itemsOf(decode(der))[0]))

const extensionsOf = (tbs: readonly Node[]): readonly Node[] =>
  itemsOf(itemsOf(tbs.find(field => tagOf(field) === 3))[0])

/** The DNS names and IP addresses (4 or 16 bytes) of a subjectAltName; names that are not printable ASCII are left out. */
export function readAltNames(extnValue: Buffer): { dnsNames: string[]; addresses: Buffer[] } {
  const dnsNames: string[] = []
  const addresses: Buffer[] = []
  for (const name of itemsOf(decode(extnValue))) {
    const bytes = bytesOf(name)
    if (tagOf(name) === 2 && /^[\x21-\x7e]{1,253}$/.test(bytes.toString('latin1')))
      dnsNames.push(bytes.toString('latin1'))
    if (tagOf(name) === 7 && (bytes.length === 4 || bytes.length === 16)) addresses.push(bytes)
  }
  return { dnsNames, addresses }
}

/** The key identifier inside a subjectKeyIdentifier. */
export function readKeyIdentifier(extnValue: Buffer): Buffer {
  return bytesOf(decode(extnValue))
}

/** How many authorities may stand between this one and a leaf, by its basicConstraints; undefined where it says nothing. */
export function readPathLength(extnValue: Buffer): number | undefined {
  const length = itemsOf(decode(extnValue))[1]
  return length && bytesOf(length).reduce((sum, byte) => sum * 256 + byte, 0)
}

function readCommonName(subject: Node): string | undefined {
  let found: string | undefined
  for (const attribute of itemsOf(subject).flatMap(itemsOf)) {
    const [type, value] = itemsOf(attribute)
    if (oidOf(type) === oids.commonName) found = textOf(value) ?? found
  }
  return found
}
