import { MalformedError } from '../reader.ts'
import { type CertificateFacts, isSelfIssued, readCertificate } from './certificate.ts'
import { type ChainLink, type ChainPath, findPath, neededLinks } from './chain-path.ts'
import {
  avoidable,
  type ChainProblem,
  endProblems,
  issuerProblems,
  orderProblems,
  ownProblems,
} from './chain-problems.ts'
import { constraintProblems } from './constraint-problems.ts'
import { extensionProblems } from './extension-problems.ts'
import { matchHost } from './host-name.ts'
import { leafProblems } from './leaf-problems.ts'
import { trustStore } from './trust-store.ts'

export interface ChainOptions {
  /** The name or address that the client asked for. */
  readonly host?: string | undefined
  /** ms since the epoch: when the chain is judged */
  readonly at: number
  /** DER of the trusted roots; without them trust is not judged. The same array is indexed only once. */
  readonly roots?: readonly Uint8Array[] | undefined
  /** The OCSP response that was stapled. */
  readonly ocsp?: Uint8Array | undefined
}

export interface ChainCertificate {
  readonly der: Uint8Array
  /** Absent where it is no certificate. */
  readonly facts?: CertificateFacts
  /** Whole days until it expires, negative afterwards. */
  readonly daysLeft?: number
}

export interface ChainReport {
  /** As sent. */
  readonly certificates: readonly ChainCertificate[]
  /** Indexes into `certificates` in the right order: leaf first, each followed by its issuer. Empty if none was readable. */
  readonly path: readonly number[]
  readonly links: readonly ChainLink[]
  /** The trusted root, sent or not. */
  readonly root?: CertificateFacts
  /** Whether signatures lead from the leaf to a trusted root; absent where that is not known, as without roots. */
  readonly trusted?: boolean
  readonly problems: readonly ChainProblem[]
  /** Of the certificate that expires first, on the way to the root; where no roots were given, an old root's is left out. */
  readonly daysLeft?: number
  /** The subject alternative name that covers the host, as the certificate writes it. */
  readonly matchedName?: string
}

const dayLength = 86_400_000

/** Puts a chain in order, checks every signature in it, and says what is wrong with it. RFC 5280 6.1, RFC 9525 */
export function buildChain(ders: readonly Uint8Array[], options: ChainOptions): ChainReport {
  const { host, at, roots } = options
  const daysLeft = (facts: CertificateFacts): number => Math.floor((facts.notAfter - at) / dayLength)
  const { sent, problems } = readAll(ders)
  const certificates = ders.map((der, index): ChainCertificate => {
    const facts = sent[index]
    return facts ? { der, facts, daysLeft: daysLeft(facts) } : { der }
  })
  const chain = findPath(sent, roots && trustStore(roots), at)
  const leaf = sent[chain.path[0] ?? -1]
  if (!leaf) return { certificates, path: [], links: [], problems, ...(roots && { trusted: false }) }

  const root = chain.anchor && readCertificate(chain.anchor.der)
  const judged = toJudge(chain, sent, root)
  const judgedFacts = judged.map(step => step.facts)
  const needed = !roots && judgedFacts.length > 2 ? judgedFacts.slice(0, -1) : judgedFacts
  problems.push(...leafProblems(leaf, chain.path[0]!, options, judgedFacts))
  for (const [position, { facts, index }] of judged.entries()) {
    const own = [...ownProblems(facts, index, at, facts === root), ...extensionProblems(facts, index)]
    problems.push(...(needed.includes(facts) ? own : own.map(avoidable)))
    const below = judged.slice(1, position).filter(step => !isSelfIssued(step.facts)).length
    if (position > 0) problems.push(...issuerProblems(facts, index, below))
  }
  problems.push(...constraintProblems(judged))
  problems.push(...endProblems(sent, chain, roots !== undefined), ...orderProblems(sent, chain))
  const trusted = roots && isTrusted(chain)
  const matchedName = host === undefined ? undefined : matchHost(host, leaf.san)
  return {
    certificates,
    path: chain.path,
    links: chain.links,
    ...(root && { root }),
    ...(trusted !== undefined && { trusted }),
    problems,
    daysLeft: Math.min(...needed.map(daysLeft)),
    ...(matchedName !== undefined && { matchedName }),
  }
}

/** What can be read of each certificate, and a problem for each that cannot. */
function readAll(ders: readonly Uint8Array[]): {
  readonly sent: readonly (CertificateFacts | undefined)[]
  readonly problems: ChainProblem[]
} {
  const problems: ChainProblem[] = []
  const sent = ders.map((der, index) => {
    const read = readOr(der)
    if (!(read instanceof MalformedError)) return read
    const message = `Certificate ${index + 1} cannot be read: ${read.message}.`
    problems.push({ code: 'malformed', severity: 'error', certificate: index, message })
    return undefined
  })
  return { sent, problems }
}

function readOr(der: Uint8Array): CertificateFacts | MalformedError {
  try {
    return readCertificate(der)
  } catch (error) {
    if (error instanceof MalformedError) return error
    throw error
  }
}

interface Step {
  readonly facts: CertificateFacts
  readonly index?: number
}

/** The certificates that count, leaf to root: what follows a trusted root is nobody's concern. */
function toJudge(chain: ChainPath, sent: readonly (CertificateFacts | undefined)[], root?: CertificateFacts): Step[] {
  const steps = chain.path.slice(0, chain.anchor?.length).map((index): Step => ({ index, facts: sent[index]! }))
  if (!root) return steps
  if (chain.anchor?.sent) return steps.with(-1, { facts: root, index: chain.path[steps.length - 1]! })
  return [...steps, { facts: root }]
}

/** Undefined where some signature on the way could not be checked. */
function isTrusted(chain: ChainPath): boolean | undefined {
  const checked = neededLinks(chain).map(({ verified }) => verified)
  if (checked.includes(false)) return false
  return checked.includes(undefined) ? undefined : chain.anchor !== undefined
}
