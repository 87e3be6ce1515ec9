import { type CertificateFacts, isSelfIssued } from './certificate.ts'
import { type ChainPath, neededLinks, type SentCertificates } from './chain-path.ts'

export type ChainProblemCode =
  | 'malformed'
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'incomplete-chain'
  | 'wrong-host'
  | 'untrusted-root'
  | 'weak-key'
  | 'weak-digest'
  | 'not-a-ca'
  | 'path-too-long'
  | 'wrong-purpose'
  | 'name-not-permitted'
  | 'unknown-critical-extension'
  | 'bad-signature'
  | 'unchecked-signature'
  | 'out-of-order'
  | 'extra-certificate'
  | 'revoked'

export interface ChainProblem {
  readonly code: ChainProblemCode
  /** error: clients refuse. warning: some refuse or will. note: harmless. */
  readonly severity: 'error' | 'warning' | 'note'
  /** Index into the chain as sent; absent for a root that was not sent. */
  readonly certificate?: number
  /** What is wrong, in a sentence. */
  readonly message: string
}

/** The name a person knows a certificate by. */
export const titleOf = ({ subject, san }: CertificateFacts): string =>
  subject.attributes.findLast(([name]) => name === 'CN')?.[1] ?? san.dns[0] ?? san.ip[0] ?? (subject.text || 'no name')

export const error = (code: ChainProblemCode, certificate: number | undefined, message: string): ChainProblem =>
  certificate === undefined ? { code, severity: 'error', message } : { code, severity: 'error', certificate, message }

const day = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 16)

/** What is wrong with one certificate of the path by itself, at the time `at`. */
export function ownProblems(
  facts: CertificateFacts,
  index: number | undefined,
  at: number,
  trusted: boolean,
): ChainProblem[] {
  const title = titleOf(facts)
  const { key, signatureAlgorithm } = facts
  const found: ChainProblem[] = []
  if (at > facts.notAfter) found.push(error('expired', index, `${title} expired on ${day(facts.notAfter)} UTC.`))
  if (at < facts.notBefore)
    found.push(error('not-yet-valid', index, `${title} is valid only from ${day(facts.notBefore)} UTC.`))
  if (isWeak(key))
    found.push(error('weak-key', index, `${title} has a weak key: ${key.type}, ${key.bits ?? '?'} bits.`))
  // Nobody checks a root's signature on itself.
  if (!trusted && !facts.selfSigned && weakDigests.has(signatureAlgorithm.hash ?? ''))
    found.push(error('weak-digest', index, `${title} is signed with the broken digest ${signatureAlgorithm.hash}.`))
  return found
}

/** The same of a certificate that a client may do without, because it knows another of that name or trusts what it signed. */
export const avoidable = (problem: ChainProblem): ChainProblem => ({
  ...problem,
  severity: 'warning',
  message: problem.message.replace(/\.$/, '; clients with a newer root do not mind.'),
})

const weakDigests: ReadonlySet<string> = new Set(['MD2', 'MD4', 'MD5', 'SHA-1'])
const leastBits: Readonly<Record<string, number>> = { RSA: 2048, 'RSA-PSS': 2048, DSA: 2048, EC: 224 } // NIST SP 800-131A

const isWeak = ({ type, bits }: CertificateFacts['key']): boolean => (bits ?? Infinity) < (leastBits[type] ?? 0)

/**
 * What forbids `issuer` to have signed the certificate below it; `below` counts the authorities between it and the leaf,
 * without those that are issued to themselves to change a key. RFC 5280 4.2.1.9
 */
export function issuerProblems(issuer: CertificateFacts, index: number | undefined, below: number): ChainProblem[] {
  const title = titleOf(issuer)
  if (!issuer.isCa && issuer.version === 3)
    return [error('not-a-ca', index, `${title} signed another certificate, but is not an authority.`)]
  if (issuer.keyUsage.length > 0 && !issuer.keyUsage.includes('keyCertSign'))
    return [error('not-a-ca', index, `${title} signed another certificate, but its key usage does not allow that.`)]
  if (below > (issuer.pathLength ?? Infinity))
    return [
      error(
        'path-too-long',
        index,
        `${title} allows ${authorities(issuer.pathLength)} below it, but ${below === 1 ? 'there is 1' : `there are ${below}`}.`,
      ),
    ]
  // What a root says of it, most clients pass over.
  if (!issuer.selfSigned && !isForServers(issuer)) {
    const purposes = issuer.extendedKeyUsage.join(', ')
    return [error('wrong-purpose', index, `${title} may not sign for servers, only for ${purposes}.`)]
  }
  return []
}

/** Without any purpose a certificate is for all. RFC 5280 4.2.1.12 */
export const isForServers = ({ extendedKeyUsage: purposes }: CertificateFacts): boolean =>
  purposes.length === 0 || purposes.includes('serverAuth') || purposes.includes('anyExtendedKeyUsage')

const authorities = (count = 0): string =>
  count === 0 ? 'no authority' : count === 1 ? '1 authority' : `${count} authorities`

/** Whether the order and number of what was sent is right. RFC 8446 4.4.2 */
export function orderProblems(sent: SentCertificates, { path }: ChainPath): ChainProblem[] {
  const found: ChainProblem[] = []
  const leaf = path[0]!
  const astray = path.find((index, i) => i > 0 && index < path[i - 1]!)
  if (leaf !== 0 && sent[0])
    found.push(error('out-of-order', leaf, `The server's certificate must come first and is number ${leaf + 1}.`))
  else if (astray !== undefined)
    found.push({
      code: 'out-of-order',
      severity: 'warning',
      certificate: astray,
      message: `${titleOf(sent[astray]!)} comes before the certificate that it signed; some clients refuse that.`,
    })
  const seen = new Set(path.map(index => sent[index]!.sha256))
  const last = path.at(-1)!
  for (const [index, facts] of sent.entries()) {
    const extra = (why: string): void =>
      void found.push({
        code: 'extra-certificate',
        severity: 'note',
        certificate: index,
        message: `${titleOf(facts!)} ${why}.`,
      })
    if (!facts) continue
    if (index === last && path.length > 1 && facts.selfSigned) extra('is a root, which need not be sent')
    if (path.includes(index)) continue
    extra(seen.has(facts.sha256) ? 'is sent more than once' : 'is not part of the chain')
  }
  return found
}

function signatureProblems(sent: SentCertificates, chain: ChainPath): ChainProblem[] {
  return neededLinks(chain).flatMap(({ subject, issuer, verified }): ChainProblem[] => {
    const by = issuer === 'root' ? 'the trusted root of that name' : titleOf(sent[issuer]!)
    const title = titleOf(sent[subject]!)
    if (verified === false) return [error('bad-signature', subject, `The signature on ${title} was not made by ${by}.`)]
    const message = `Whether ${by} signed ${title} is not known: OpenSSL cannot use its key.`
    return verified ? [] : [{ code: 'unchecked-signature', severity: 'warning', certificate: subject, message }]
  })
}

/** Why the path ends without a root that is trusted; `trustKnown` is false where no roots were given. */
export function endProblems(sent: SentCertificates, chain: ChainPath, trustKnown: boolean): ChainProblem[] {
  const last = chain.path.at(-1)!
  const facts = sent[last]!
  const title = titleOf(facts)
  const found = signatureProblems(sent, chain)
  if (chain.anchor) return found
  // Without roots, whom the client was given is not known.
  const alone = (code: ChainProblemCode, message: string, unless: string): ChainProblem[] => [
    ...found,
    trustKnown
      ? error(code, last, `${message}.`)
      : { code, severity: 'warning', certificate: last, message: `${message}; ${unless}.` },
  ]
  if (isSelfIssued(facts) && !facts.selfSigned)
    return alone(
      'bad-signature',
      `${title} names itself as issuer, but its own key did not sign it`,
      'clients that know another authority of that name may accept it',
    )
  if (facts.selfSigned && chain.path.length === 1)
    return alone(
      'self-signed',
      `${title} is signed by its own key and not by an authority`,
      'only clients that were told to trust it accept it',
    )
  if (!trustKnown || found.length > 0) return found
  if (facts.selfSigned)
    return [error('untrusted-root', last, `The chain ends at ${title}, which is not a trusted root.`)]
  const fetch = facts.caIssuerUrls[0]
  const where = fetch ? ` It can be fetched from ${fetch}.` : ''
  const missing = `The issuer of ${title}, ${facts.issuer.text}, was not sent and is not a trusted root.${where}`
  return [error('incomplete-chain', last, missing)]
}
