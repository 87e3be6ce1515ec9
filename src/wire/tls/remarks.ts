import type { Handshake, HandshakeMessage, Remark } from './handshake.ts'
import type { Progress } from './progress.ts'
import { alertDescriptions } from './registry/alerts.ts'
import { groups } from './registry/groups.ts'
import { nameOf, namesIn } from './registry/names.ts'
import { tls10, tls13, versions } from './registry/versions.ts'
import { weaknesses } from './weaknesses.ts'

export type Told = Omit<Handshake, 'remarks'>
type Remarker = (told: Told, progress: Progress, contentLengths: readonly (number | undefined)[]) => readonly Remark[]

const content = { alert: 21, applicationData: 23 }
const extension = { extendedMasterSecret: 23, cookie: 44 }

/** The behaviours worth naming in a handshake. `contentLengths` gives the bytes in clear of each opened record. */
export function remarksOn(
  told: Told,
  progress: Progress,
  contentLengths: readonly (number | undefined)[],
): readonly Remark[] {
  return remarkers.flatMap(remark => remark(told, progress, contentLengths))
}

/** A remark with its place, which is absent where nothing was found. */
function remark(code: string, message: string, at = -1): Remark[] {
  return [at < 0 ? { code, message } : { code, message, at }]
}

const indexOf = (told: Told, name: HandshakeMessage['name'], direction?: HandshakeMessage['direction']): number =>
  told.messages.findIndex(m => m.name === name && (direction === undefined || m.direction === direction))

/** RFC 8446 4.1.4 */
const helloRetry: Remarker = (told, { retry, clientHellos }) => {
  if (!retry) return []
  const shares = clientHellos[0]?.keyShares?.map(share => share.group) ?? []
  const { selectedGroup } = retry
  const cookie = retry.extensions.some(({ type }) => type === extension.cookie)
  const reasons = [
    ...(selectedGroup === undefined ? [] : [`it wants a share for ${nameOf(groups, selectedGroup)}`]),
    ...(cookie ? ['it wants its cookie back, and keeps no state until then'] : []),
  ]
  const offered = shares.length > 0 ? `shares for ${namesIn(groups, shares)}` : 'no share'
  const sentence = `The server sent HelloRetryRequest: ${reasons.join('; ') || 'it names no reason'}. The client had sent ${offered}. That costs one round trip.`
  return remark('hello-retry-request', sentence, indexOf(told, 'hello_retry_request'))
}

/** RFC 8446 4.1.3: the last eight bytes of the server random. */
const downgradeSentinel: Remarker = (told, { serverHello, version, clientHello }) => {
  const tail = Buffer.from(serverHello?.random.subarray(24) ?? []).toString('latin1')
  if ((tail !== 'DOWNGRD\x01' && tail !== 'DOWNGRD\x00') || version === undefined || version >= tls13) return []
  const best = tail.endsWith('\x01') ? 'TLS 1.3' : 'TLS 1.2'
  const offered = clientHello?.supportedVersions?.includes(tls13)
    ? ' The client offered TLS 1.3: it must abort, unless something between them has changed its hello.'
    : ''
  const sentence = `The server random ends in the downgrade sentinel: the server can do ${best}, and ${nameOf(versions, version)} was negotiated.${offered}`
  return remark('downgrade-sentinel', sentence, indexOf(told, 'server_hello'))
}

/** RFC 8446 D.4 */
const middleboxCompatibility: Remarker = (told, { tls13: is13, clientHello }) => {
  if (!is13 || !clientHello) return []
  const dummies = told.messages.filter(message => message.name === 'change_cipher_spec').length
  if (clientHello.sessionId.length === 0 && dummies === 0) return []
  const sentence = `Middlebox compatibility: a session id of ${clientHello.sessionId.length} bytes and ${dummies} change_cipher_spec, without meaning in TLS 1.3.`
  return remark('middlebox-compatibility', sentence, indexOf(told, 'change_cipher_spec'))
}

const splitMessages: Remarker = told =>
  told.messages.flatMap((message, index) =>
    message.records.length < 2
      ? []
      : remark(
          message.name === 'client_hello' ? 'split-client-hello' : 'split-message',
          `${message.name} is split over ${message.records.length} records.`,
          index,
        ),
  )

/** The defence against BEAST: in TLS 1.0 an empty or one-byte record goes before the rest, so that its IV is new. */
const splitRecords: Remarker = (told, { version }, contentLengths) => {
  if (version === undefined || version > tls10) return []
  const first = told.records.findIndex(
    (record, index) => record.type === content.applicationData && (contentLengths[index] ?? 2) < 2,
  )
  if (first < 0) return []
  const length = contentLengths[first] === 0 ? 'An empty record' : '1/n-1 splitting: a record of one byte'
  return remark('record-splitting', `${length} goes before the application data, against BEAST.`)
}

/** RFC 7918 */
const falseStart: Remarker = (told, { tls13: is13 }) => {
  const changed = indexOf(told, 'change_cipher_spec', 'to-server')
  if (is13 || changed < 0) return []
  const from = told.messages[changed]!.records[0]!
  const serverChanged = told.messages[indexOf(told, 'change_cipher_spec', 'to-client')]?.records[0]
  const data = told.records.findIndex(
    ({ type, direction }, index) => index > from && direction === 'to-server' && type === content.applicationData,
  )
  if (data < 0 || (serverChanged !== undefined && serverChanged < data)) return []
  const sentence = 'False Start: the client sent application data before the Finished of the server.'
  return remark('false-start', sentence, changed)
}

const resumption: Remarker = told => {
  const how = {
    none: '',
    'session-id': 'by its session id: the server kept the state',
    ticket: 'by a session ticket: the client kept the state for the server',
    psk: 'by a pre-shared key from an earlier session or set up outside TLS',
  }[told.negotiated.resumption]
  if (!how) return []
  const sentence = `An earlier session is resumed ${how}. No certificate is sent.`
  return remark('resumption', sentence, indexOf(told, 'server_hello'))
}

const refusedResumption: Remarker = (told, { tls13: is13, clientHello, serverHello, retry }) => {
  if (!is13 || !serverHello || !clientHello?.psk || told.negotiated.resumption !== 'none' || retry) return []
  const count = clientHello.psk.identities.length
  const sentence = `The client offered ${count} pre-shared ${count === 1 ? 'key' : 'keys'} and the server took none.`
  return remark('resumption-refused', sentence, indexOf(told, 'server_hello'))
}

const earlyData: Remarker = (told, { clientHellos, retry }) => {
  if (!clientHellos.some(hello => hello.earlyData)) return []
  const { earlyData: answer } = told.negotiated
  const why = retry ? ' A HelloRetryRequest always refuses it.' : ''
  const sentences = {
    accepted: 'Early data (0-RTT) was accepted: it can be replayed by anyone who recorded it.',
    rejected: `Early data (0-RTT) was refused: the server skips it, and the client must send it again.${why}`,
    none: 'Early data (0-RTT) was offered; the answer is not known.',
  }
  return remark(`early-data-${answer === 'none' ? 'offered' : answer}`, sentences[answer])
}

const renegotiation: Remarker = (told, { renegotiations }) => {
  if (renegotiations === 0) return []
  const again = told.messages.findLastIndex(message => message.name === 'client_hello')
  const sentence = `Renegotiation: ${renegotiations} more ${renegotiations === 1 ? 'handshake' : 'handshakes'} inside the connection.`
  return remark('renegotiation', sentence, again)
}

const aborted: Remarker = told => {
  if (told.outcome !== 'failed') return []
  const at = told.messages.findIndex(({ value }) => value.name === 'alert')
  const message = told.messages[at]
  if (message?.value.name !== 'alert') return []
  const who = message.direction === 'to-server' ? 'client' : 'server'
  const other = who === 'client' ? 'server' : 'client'
  const before = told.messages.slice(0, at).findLast(m => m.direction !== message.direction && m.name !== 'alert')
  const alert = nameOf(alertDescriptions, message.value.alert.description, 2)
  const after = before ? `after ${before.name} from the ${other}` : `before the ${other} said anything`
  return remark(`${who}-aborted`, `The ${who} ended the handshake with ${alert} ${after}.`, at)
}

const secretAlert: Remarker = told => {
  const closed = told.records.find(record => record.type === content.alert && record.encrypted && !record.opened)
  if (!closed || told.outcome !== 'failed') return []
  const who = closed.direction === 'to-server' ? 'client' : 'server'
  return remark('encrypted-alert', `The ${who} ended the handshake with an alert that cannot be read without keys.`)
}

/** What TLS 1.2 needs against known attacks, where it was not agreed. */
const missingDefences: Remarker = (told, { serverHello, version }) => {
  if (!serverHello || version === undefined || version >= tls13) return []
  const at = indexOf(told, 'server_hello')
  const extended = serverHello.extensions.some(({ type }) => type === extension.extendedMasterSecret)
  return [
    ...(extended
      ? []
      : remark('no-extended-master-secret', 'The master secret is not bound to the handshake (RFC 7627).', at)),
    ...(serverHello.compressionMethod === 0
      ? []
      : remark('compression', 'TLS compression was agreed (CRIME); what follows it cannot be read here.', at)),
  ]
}

const noApplicationProtocol: Remarker = (told, { clientHello, serverHello, tls13: is13 }) => {
  const at = indexOf(told, 'client_hello')
  if (!clientHello) return []
  const noName = remark('no-server-name', 'The client did not say which host it wants (no server_name).', at)
  const answered = is13 ? told.messages.some(m => m.name === 'encrypted_extensions') : serverHello !== undefined
  const refused = clientHello.alpn && answered && told.negotiated.alpn === undefined
  return [
    ...(clientHello.serverName === undefined ? noName : []),
    ...(clientHello.alpn ? [] : remark('no-alpn', 'The client offered no application protocol (no ALPN).', at)),
    ...(refused ? remark('alpn-ignored', 'The server chose none of the application protocols.', at) : []),
  ]
}

const remarkers: readonly Remarker[] = [
  helloRetry,
  downgradeSentinel,
  middleboxCompatibility,
  splitMessages,
  splitRecords,
  falseStart,
  resumption,
  refusedResumption,
  earlyData,
  renegotiation,
  aborted,
  secretAlert,
  missingDefences,
  weaknesses,
  noApplicationProtocol,
]
