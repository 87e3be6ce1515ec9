import type { CertificateFacts } from './certificate.ts'
import { type ChainProblem, isForServers, titleOf } from './chain-problems.ts'
import { matchHost } from './host-name.ts'
import type { OcspCertificate } from './ocsp.ts'
import { judgeOcsp } from './ocsp-signature.ts'

/** `at` in ms since the epoch. */
interface LeafQuestion {
  readonly host?: string | undefined
  readonly ocsp?: Uint8Array | undefined
  readonly at: number
}

/** What is wrong with the server's own certificate: its names, its purpose, its status. `path` is leaf to root. */
export function leafProblems(
  leaf: CertificateFacts,
  certificate: number,
  { host, ocsp, at }: LeafQuestion,
  path: readonly CertificateFacts[],
): ChainProblem[] {
  const found: ChainProblem[] = []
  const add = (code: ChainProblem['code'], message: string): void =>
    void found.push({ code, severity: 'error', certificate, message })
  if (host !== undefined && matchHost(host, leaf.san) === undefined) add('wrong-host', wrongHost(host, leaf))
  if (!isForServers(leaf))
    add('wrong-purpose', `${titleOf(leaf)} is not for servers, but for ${leaf.extendedKeyUsage.join(', ')}.`)
  const issuers = path.map(({ der }) => der)
  const { about, verified } = ocsp ? judgeOcsp(ocsp, leaf.der, issuers, at) : {}
  if (about?.status === 'revoked' && verified !== false) add('revoked', revoked(leaf, about))
  return found
}

function wrongHost(host: string, leaf: CertificateFacts): string {
  const names = [...leaf.san.dns, ...leaf.san.ip]
  if (names.length === 0) return `${titleOf(leaf)} has no alternative names at all, and clients ignore the common name.`
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return `The certificate is not for ${host}, but for ${names.slice(0, 5).join(', ')}${rest}.`
}

function revoked(leaf: CertificateFacts, { revokedAt, reason }: OcspCertificate): string {
  const when = revokedAt === undefined ? '' : ` on ${new Date(revokedAt).toISOString().slice(0, 10)}`
  return `${titleOf(leaf)} was revoked${when}${reason ? `: ${reason}` : ''}.`
}
