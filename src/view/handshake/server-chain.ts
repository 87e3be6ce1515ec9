import type { Connection } from '../../model/connection.ts'
import type { Handshake, HandshakeMessage } from '../../wire/tls/handshake.ts'
import { buildChain, type ChainReport } from '../../wire/x509/chain.ts'
import { titleOf } from '../../wire/x509/chain-problems.ts'
import { formatCount } from '../format.ts'

/** A finding about a server's certificates in a line. */
export interface ChainLine {
  readonly mark: '✓' | '✗' | '!' | '·'
  /** The code of a problem, or `chain`. */
  readonly name: string
  readonly shown: string
}

const reports = new WeakMap<HandshakeMessage, ChainReport>()

/**
 * A server's certificates as its client may judge them when they come: order, signatures, dates, names, stapled status.
 * Without roots, because a capture does not know whom the client trusts. Undefined for any other message.
 */
export function serverChain(handshake: Handshake, message: HandshakeMessage, host?: string): ChainReport | undefined {
  const sent = certificatesIn(message)
  if (sent === undefined || message.direction !== 'to-client' || sent.certificates.length === 0) return undefined
  const known = reports.get(message)
  if (known) return known
  const ocsp = sent.ocspResponse ?? stapledIn(handshake)
  const report = buildChain(sent.certificates, { host, at: message.at, ocsp })
  reports.set(message, report)
  return report
}

/** The order in which each signs the one before, with what it says of host and days; then what is wrong, worst first. */
export function chainLines({ certificates, path, problems, daysLeft, matchedName }: ChainReport): ChainLine[] {
  const way = path.map(index => certificates[index]?.facts).filter(facts => facts !== undefined)
  const last = way.at(-1)
  const end = last && !last.selfSigned ? [`${last.issuer.text} (not sent)`] : []
  const said = [
    [...way.map(titleOf), ...end].join(' ← '),
    matchedName !== undefined && `good for ${matchedName}`,
    daysLeft !== undefined && showDays(daysLeft),
  ]
  const isWrong = problems.some(({ severity }) => severity === 'error')
  const marks = { error: '✗', warning: '!', note: '·' } as const
  return [
    { mark: isWrong ? '✗' : '✓', name: 'chain', shown: said.filter(Boolean).join(', ') },
    ...(['error', 'warning', 'note'] as const).flatMap(severity =>
      problems
        .filter(problem => problem.severity === severity)
        .map(({ code, message }) => ({ mark: marks[severity], name: code, shown: message })),
    ),
  ]
}

/** What clients refuse, or may refuse, in a line each. */
export const chainProblems = (report: ChainReport): string[] =>
  chainLines(report)
    .slice(1)
    .filter(({ mark }) => mark !== '·')
    .map(({ mark, shown }) => `${mark} ${shown}`)

/** Whom the client asked for. */
export const hostOf = ({ serverName, target }: Connection): string | undefined => serverName ?? target?.host

/** `19 days left`, of whole days. */
export const showDays = (days: number): string =>
  days < 0 ? 'expired' : days === 1 ? '1 day left' : `${formatCount(days)} days left`

function certificatesIn({ value }: HandshakeMessage) {
  if (value.name === 'certificate') return value.certificate
  return value.name === 'compressed_certificate' ? value.certificate : undefined
}

/** TLS 1.2 has a message of its own for it. */
function stapledIn({ messages }: Handshake): Uint8Array | undefined {
  for (const { value } of messages) if (value.name === 'certificate_status') return value.responses[0]
  return undefined
}
