import type { CertificateFacts } from './certificate.ts'
import { isSignedBy } from './signature.ts'
import { nameKey, type TrustStore } from './trust-store.ts'

/** One step from a certificate to its issuer. Numbers are indexes into the chain as sent. */
export interface ChainLink {
  readonly subject: number
  readonly issuer: number | 'root'
  /** Whether the issuer's key made the signature; the names agree in any case. */
  readonly verified: boolean
}

export interface ChainPath {
  /** Leaf first, each followed by its issuer. */
  readonly path: readonly number[]
  readonly links: readonly ChainLink[]
  /** Where trust begins: the root's DER, and how many certificates of `path` lead to it, itself included if sent. */
  readonly anchor?: { readonly der: Uint8Array; readonly length: number; readonly sent: boolean }
}

/** An undefined entry is a certificate that could not be read. */
export type SentCertificates = readonly (CertificateFacts | undefined)[]

const longestPath = 32
const mostSignatures = 100 // a chain of look-alikes must not cost one check for every pair

/** Which of the certificates is the server's own: the first, unless that is an authority and another one is not. */
export function findLeaf(sent: SentCertificates): number {
  const first = sent.findIndex(facts => facts !== undefined)
  if (!sent[first]?.isCa) return first
  const other = sent.findIndex(facts => facts && !facts.isCa)
  return other < 0 ? first : other
}

/**
 * Follows issuers from the leaf by name, and where several have the name by signature, those first that are valid at
 * `at`, as clients do: of a renewed or cross-signed authority both certificates may come. RFC 5280 6.1, RFC 4158
 */
export function findPath(sent: SentCertificates, store: TrustStore | undefined, at: number): ChainPath {
  let budget = mostSignatures
  const verify = (der: Uint8Array, issuer: Uint8Array): boolean => budget-- > 0 && isSignedBy(der, issuer)
  const bySubject = Map.groupBy(sent.keys(), index => nameKey(sent[index]?.subject.bytes ?? new Uint8Array()))
  const path: number[] = []
  const used = new Set<number>()
  const links: ChainLink[] = []
  let anchor: ChainPath['anchor']
  let index: number | undefined = findLeaf(sent)
  while (index !== undefined && index >= 0 && path.length < longestPath) {
    const facts: CertificateFacts = sent[index]!
    path.push(index)
    used.add(index)
    const issuerName = nameKey(facts.issuer.bytes)
    const sameName = store?.bySubject.get(issuerName) ?? []
    if (store?.has(facts.der)) anchor ??= { der: facts.der, length: path.length, sent: true }
    const root = anchor ? undefined : sameName.find(der => verify(facts.der, der))
    if (root) anchor = { der: root, length: path.length, sent: false }
    if (root) links.push({ subject: index, issuer: 'root', verified: true })
    if (facts.selfSigned) break

    const lapsed = (other: number): number => Number(!isValid(sent[other]!, at))
    const unused = (bySubject.get(issuerName) ?? []).filter(other => !used.has(other))
    const candidates: readonly number[] = unused.toSorted((a, b) => lapsed(a) - lapsed(b))
    const signer: number | undefined = candidates.find(other => verify(facts.der, sent[other]!.der))
    const next: number | undefined = signer ?? (root ? undefined : candidates[0])
    if (next !== undefined) links.push({ subject: index, issuer: next, verified: next === signer })
    else if (!anchor && sameName.length > 0) links.push({ subject: index, issuer: 'root', verified: false })
    index = next
  }
  return anchor ? { path, links, anchor } : { path, links }
}

const isValid = ({ notBefore, notAfter }: CertificateFacts, at: number): boolean => notBefore <= at && at <= notAfter
