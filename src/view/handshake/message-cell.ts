import type { LegClosed, MirrorGap } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import type { Check, Handshake, HandshakeMessage } from '../../wire/tls/handshake.ts'
import { messageTitle } from '../../wire/tls/message-title.ts'
import type { ChainReport } from '../../wire/x509/chain.ts'
import { formatBytes } from '../format.ts'
import { printable } from '../printable.ts'
import type { Cell } from '../table.ts'
import { messageFacts } from './message-facts.ts'
import { mirrorFacts } from './mirror-facts.ts'
import { type Fin, type SequenceRange, sequencesOf, showSequence } from './sequence.ts'
import { chainProblems, serverChain, showDays } from './server-chain.ts'

const handshakeHeader = 4

interface Source {
  readonly leg: LegName
  readonly handshake: Handshake
  readonly openedAt: number
  readonly closed?: LegClosed | undefined
  /** Whom the certificate is to be for. */
  readonly host?: string | undefined
  /** On the upstream leg, what Parley's hello could not reproduce; undefined where it did not try. */
  readonly gaps?: readonly MirrorGap[] | undefined
  /** Why OpenSSL spoke there in the place of Parley's own TLS client. */
  readonly openssl?: string | undefined
  /** The hello upstream is the client's own, untouched. */
  readonly passedThrough?: boolean
}

/** The cells of a leg's messages, in their order. */
export function messageCells(source: Source): Cell[] {
  const { handshake } = source
  const ranges = sequencesOf(handshake, finOf(source))
  const remarks = Map.groupBy(handshake.remarks, ({ at }) => at)
  return handshake.messages.map((message, index) => {
    const range = sharesRecords(message, handshake.messages[index - 1]) ? undefined : ranges[index]
    const noted = remarks.get(index)?.map(remark => remark.message) ?? []
    return messageCell(source, message, index, factsOf(source, message, noted, range))
  })
}

const finOf = ({ leg, closed }: Source): Fin | undefined =>
  closed?.how === 'fin'
    ? { at: closed.at, direction: closed.by === (leg === 'client' ? 'client' : 'parley') ? 'to-server' : 'to-client' }
    : undefined

function messageCell(
  { leg, openedAt }: Source,
  message: HandshakeMessage,
  index: number,
  facts: readonly string[],
): Cell {
  const tone = toneOf(message)
  return {
    at: message.at - openedAt,
    arrow: message.direction === 'to-server' ? '→' : '←',
    title: titleOf(message),
    detail: printable(detailOf(message)),
    facts: facts.map(printable),
    ...(tone && { tone }),
    message: { leg, index },
  }
}

/** An alert is its description; a handshake message its bytes. */
function detailOf({ value, contentType, length }: HandshakeMessage): string {
  if (value.name === 'alert') return messageFacts(value).join('  ')
  return contentType === 22 ? formatBytes(length + handshakeHeader) : ''
}

/** `ClientHello`, `{Finished ✓}`: braces as in RFC 8446 2, the tick where something was recomputed and agrees. */
function titleOf(message: HandshakeMessage): string {
  const checks = message.checks.filter(check => !isOcsp(check))
  const failed = checks.some(({ passed }) => passed === false)
  const passed = checks.length > 0 && checks.every(check => check.passed === true)
  const title = messageTitle(message.name) + (failed ? ' ✗' : passed ? ' ✓' : '')
  return message.encrypted ? `{${title}}` : title
}

/** Who signed what is stapled: in the title of its message a tick would say too much, beside `revoked` above all. */
const isOcsp = ({ name }: Check): boolean => name === 'OCSP signature'

function factsOf(
  { leg, handshake, host, gaps, openssl, passedThrough }: Source,
  message: HandshakeMessage,
  remarks: readonly string[],
  range: SequenceRange | undefined,
): string[] {
  const { value, checks, malformed } = message
  const chain = serverChain(handshake, message, host)
  const failed = checks.filter(({ passed }) => passed === false)
  const signed = checks.filter(check => isOcsp(check) && check.passed)
  return [
    ...(value.name === 'alert' ? [] : withDays(messageFacts(value), chain)),
    ...(leg === 'upstream' && value.name === 'client_hello'
      ? passedThrough
        ? ['passed through: the client’s own']
        : mirrorFacts(value.hello, gaps, openssl)
      : []),
    ...(chain ? chainProblems(chain) : []),
    ...signed.map(check => `✓ ${check.name}`),
    ...failed.map(({ name, detail }) => `✗ ${name}: ${detail}`),
    ...(malformed === undefined ? [] : [`✗ malformed: ${malformed}`]),
    ...remarks,
    ...(range ? [showSequence(range)] : []),
  ]
}

/** How long the chain is good stands beside its names. */
const withDays = ([names = '', ...facts]: readonly string[], chain: ChainReport | undefined): string[] =>
  chain?.daysLeft === undefined
    ? [names, ...facts].filter(Boolean)
    : [`${names}, ${showDays(chain.daysLeft)}`, ...facts]

/** Messages that travel in the same records have one sequence range between them. */
const sharesRecords = (message: HandshakeMessage, before: HandshakeMessage | undefined): boolean =>
  before !== undefined && before.direction === message.direction && before.records[0] === message.records[0]

function toneOf({ name, value, checks, malformed }: HandshakeMessage): Cell['tone'] {
  if (malformed !== undefined || checks.some(({ passed }) => passed === false)) return 'bad'
  if (value.name === 'alert') return value.alert.description === 0 ? 'dim' : 'bad'
  if (name === 'change_cipher_spec') return 'dim'
  return name === 'finished' && checks.some(({ passed }) => passed) ? 'good' : undefined
}
