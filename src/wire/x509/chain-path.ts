import type { CertificateFacts } from './certificate.ts'
import { nameKey } from './name-comparison.ts'
import { isSignedBy } from './signature.ts'
import type { TrustStore } from './trust-store.ts'

/** One step from a certificate to its issuer. Numbers are indexes into the chain as sent. */
export interface ChainLink {
  readonly subject: number
  readonly issuer: number | 'root'
  /** Whether the issuer's key made the signature, undefined where that is not known; the names agree in any case. */
  readonly verified: boolean | undefined
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
  const verify = (der: Uint8Array, issuer: Uint8Array): boolean | undefined =>
    budget-- > 0 ? isSignedBy(der, issuer) : undefined
  const bySubject = Map.groupBy(sent.keys(), index => sent[index] && nameKey(sent[index].subject))
  const path: number[] = []
  const used = new Set<number>()
  const links: ChainLink[] = []
  let anchor: ChainPath['anchor']
  let index: number | undefined = findLeaf(sent)
  while (index !== undefined && index >= 0 && path.length < longestPath) {
    const facts: CertificateFacts = sent[index]!
    path.push(index)
    used.add(index)
    const issuerName = nameKey(facts.issuer)
    const sameName = store?.bySubject.get(issuerName) ?? []
    if (store?.has(facts.der)) anchor ??= { der: facts.der, length: path.length, sent: true }
    const checks = (der: Uint8Array): boolean | undefined => verify(facts.der, der)
    const root = anchor ? undefined : findSigner(sameName, checks)
    if (root?.verified) {
      anchor = { der: root.signer, length: path.length, sent: false }
      links.push({ subject: index, issuer: 'root', verified: true })
    }
    if (facts.selfSigned) break

    const lapsed = (other: number): number => Number(!isValid(sent[other]!, at))
    const unused = (bySubject.get(issuerName) ?? []).filter(other => !used.has(other))
    const candidates = unused.toSorted((a, b) => lapsed(a) - lapsed(b))
    const found = findSigner(candidates, other => checks(sent[other]!.der))
    const next: number | undefined = found?.verified || !root?.verified ? found?.signer : undefined
    if (found && next !== undefined) links.push({ subject: index, issuer: next, verified: found.verified })
    else if (!anchor && root) links.push({ subject: index, issuer: 'root', verified: root.verified })
    index = next
  }
  return anchor ? { path, links, anchor } : { path, links }
}

/** The links that count: what follows a trusted root is nobody's concern. */
export function neededLinks({ path, links, anchor }: ChainPath): readonly ChainLink[] {
  if (!anchor) return links
  const way = new Set(path.slice(0, anchor.sent ? anchor.length - 1 : anchor.length))
  return links.filter(({ subject }) => way.has(subject))
}

/** Who signed, or else who may have, or else the first of those that did not. */
function findSigner<T>(
  candidates: readonly T[],
  checks: (candidate: T) => boolean | undefined,
): { readonly signer: T; readonly verified: boolean | undefined } | undefined {
  let best: { readonly signer: T; readonly verified: boolean | undefined } | undefined
  for (const signer of candidates) {
    const verified = checks(signer)
    if (verified) return { signer, verified }
    if (!best || (verified === undefined && best.verified === false)) best = { signer, verified }
  }
  return best
}

const isValid = ({ notBefore, notAfter }: CertificateFacts, at: number): boolean => notBefore <= at && at <= notAfter
