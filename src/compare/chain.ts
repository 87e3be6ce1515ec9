import { MalformedError } from '../wire/reader.ts'
import { isSelfIssued } from '../wire/x509/certificate.ts'
import type { DistinguishedName } from '../wire/x509/distinguished-name.ts'
import { readStructure, type Structure } from '../wire/x509/structure.ts'

const most = 5

/** `CN=*.example.com ← R11 ← ISRG Root X1`: the leaf, who signed it, and so on to the issuer of the last. */
export function showChain(certificates: readonly Uint8Array[]): string {
  const read = certificates.slice(0, most).map(structureOf)
  const [leaf, ...rest] = read
  if (!leaf) return read.length > 0 ? 'unreadable certificate' : 'no certificate'
  const last = structureOf(certificates.at(-1)!)
  const root = last && !isSelfIssued(last) ? [shortName(last.issuer)] : []
  const names = rest.map(certificate => (certificate ? shortName(certificate.subject) : 'unreadable certificate'))
  const more = certificates.length > most ? [`${certificates.length - most} more`] : []
  return [leafName(leaf), ...names, ...more, ...root].join(' ← ')
}

/** The parts of a certificate; undefined for what is none. */
export function structureOf(der: Uint8Array): Structure | undefined {
  try {
    return readStructure(der)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}

function leafName({ subject, extensions }: Structure): string {
  const common = attributeOf(subject, 'CN')
  if (common !== undefined) return `CN=${common}`
  const [first] = extensions.values.subjectAlternativeNames ?? []
  return first ? first.value : subject.text || 'no name'
}

const shortName = (name: DistinguishedName): string =>
  attributeOf(name, 'CN') ?? attributeOf(name, 'O') ?? (name.text || 'no name')

const attributeOf = (name: DistinguishedName, wanted: string): string | undefined =>
  name.attributes.find(([attribute]) => attribute === wanted)?.[1]
