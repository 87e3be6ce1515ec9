import { trustCheck } from '../../model/connection.ts'
import { isWhole } from '../../model/link.ts'
import { fatalAlertOf } from '../../problem/last-words.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { LegPair } from '../leg-pair.ts'
import { alertName } from '../names.ts'
import { checkAlpn } from './alpn.ts'
import { breakdownOf } from './breakdown.ts'
import { checkCertificate } from './certificate.ts'
import { type Check, type Question, type Reason, sameOffer } from './check.ts'
import { checkCipherSuite } from './cipher-suite.ts'
import { checkFallback } from './fallback.ts'
import { checkGroup } from './group.ts'
import { checkRefusal } from './refusal.ts'
import { checkSignatureAlgorithm } from './signature-algorithm.ts'
import { checkVersion } from './version.ts'

export type { Reason } from './check.ts'

/** Would this client and this server have agreed without the proxy? */
export interface Verdict {
  readonly agreed: 'yes' | 'no' | 'unknown'
  /** The answer in a sentence or two. */
  readonly sentence: string
  /** One for every aspect that could be judged, those that fail first. */
  readonly reasons: readonly Reason[]
}

/** Without a common version the rest was chosen for a conversation that these two would not have. */
const checksOfSharedVersion: readonly Check[] = [checkCipherSuite, checkGroup, checkSignatureAlgorithm, checkAlpn]

/** Computed from the client's offer and the server's choice. `unknown` where the server might have chosen something else. */
export function judge({ connection, client, upstream }: LegPair): Verdict {
  if (connection.treatment === 'own')
    return unknown(
      connection.protocol === trustCheck ? distrusts : 'Parley itself was asked, and answered: there is no server.',
    )
  const hello = client?.clientHello
  const greeting = upstream && greetingOf(upstream)
  if (greeting && !hello) return unknown(`The server spoke first: ${greeting}. ${relayed}`)
  if (greeting && !upstream.clientHello) return { ...unknown(`No. The server spoke first: ${greeting}.`), agreed: 'no' }
  if (!hello) return unknown('The client sent no TLS hello, so there is nothing to compare.')
  if (isWhole(connection)) return judgeWhole({ connection, hello, sent: hello, upstream: upstream ?? client })
  if (!upstream) return unknown('The server was not reached over TLS, so what it would have chosen is unknown.')
  const sent = upstream.clientHello
  const question: Question = { connection, hello, upstream, ...(sent && { sent }) }
  const reasons = order(reasonsFor(question))
  const worst = reasons[0]
  if (!worst || (upstream.negotiated.version === undefined && worst.standing === 'fits'))
    return { ...unknown('The server’s handshake did not get far enough to tell.'), reasons }
  if (worst.standing === 'fails') return { agreed: 'no', sentence: `No. ${worst.sentence}`, reasons }
  if (worst.standing === 'may-fail') return { agreed: 'unknown', sentence: `Perhaps not. ${worst.sentence}`, reasons }
  const broken = breakdownOf({ connection, upstream, ...(client && { client }) })
  if (broken) return { ...unknown(`The client offers everything the server chose, but ${broken}`), reasons }
  return {
    agreed: 'yes',
    sentence: `Yes: the client offers everything the server chose.${caveat(hello, sent, upstream.negotiated.version)}`,
    reasons,
  }
}

const distrusts =
  'Parley’s own site was asked whether this client trusts Parley: no. It refused the certificate; there is no server.'

const relayed =
  'Parley relayed the rest unread, so whether the client spoke TLS is unknown; if it did, this is the wrong port.'

/** What a server said before anyone said a word of TLS; the dissector has made it printable. */
function greetingOf({ messages, problems }: Handshake): string | undefined {
  const start = 'to-client byte 0: '
  const [first] = problems
  return messages.length === 0 && first?.startsWith(start) ? first.slice(start.length) : undefined
}

/** One session from end to end: what the server said it said to the client. */
function judgeWhole(question: Question): Verdict {
  const reasons = order(reasonsFor(question))
  const seen = question.connection.sniffed ? 'Seen from outside' : 'Passed through'
  const whole = `${seen}: one TLS session end to end`
  if (reasons.some(({ aspect }) => aspect === 'alert'))
    return { agreed: 'no', sentence: `${whole}, which the server refused.`, reasons }
  if (question.upstream.negotiated.version === undefined)
    return { agreed: 'unknown', sentence: `${whole}, which the server did not answer.`, reasons }
  const refused = question.upstream.outcome === 'failed' && fatalAlertOf('whole', question.upstream)
  if (refused) {
    const name = alertName(refused.alert.description)
    return { agreed: 'no', sentence: `${whole}, which the ${refused.from} aborted with ${name}.`, reasons }
  }
  if (question.upstream.outcome !== 'established')
    return { agreed: 'unknown', sentence: `${whole}, which never finished.`, reasons }
  return { agreed: 'yes', sentence: `${whole}; client and server agreed by themselves.`, reasons }
}

function reasonsFor(question: Question): Reason[] {
  const version = checkVersion(question)
  const shared = version?.standing === 'fits' ? checksOfSharedVersion.map(check => check(question)) : []
  return [version, ...shared, checkFallback(question), checkCertificate(question), checkRefusal(question)].filter(
    reason => reason !== undefined,
  )
}

const severity = { fails: 0, 'may-fail': 1, fits: 2 } as const

const order = (reasons: readonly Reason[]): Reason[] =>
  reasons.toSorted((a, b) => severity[a.standing] - severity[b.standing])

const unknown = (sentence: string): Verdict => ({ agreed: 'unknown', sentence, reasons: [] })

/** Versions below the one chosen do not matter: a server takes the highest that both know. */
function caveat(hello: ClientHello, sent: ClientHello | undefined, chosen: number | undefined): string {
  if (sent && sameOffer(hello, sent, chosen)) return ''
  return ' Parley’s offer differed slightly from the client’s, so the server might have chosen differently.'
}
