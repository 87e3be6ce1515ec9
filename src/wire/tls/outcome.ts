import type { Handshake, HandshakeMessage, TlsRecord } from './handshake.ts'
import type { Progress } from './progress.ts'

const directions = ['to-server', 'to-client'] as const
const alert = 21
const applicationData = 23
const closeNotify = 0
const userCanceled = 90
const fatal = 2
const shortestFinished = 4 + 32 + 1 + 8 // header, verify_data, inner type, shortest tag

/** What is known besides the records. */
export interface Surroundings {
  /** What one side spoke instead. */
  readonly notTls?: string | undefined
  /** The leg has closed. */
  readonly over?: boolean | undefined
}

/** How the handshake ended, as far as the bytes tell. */
export function outcomeOf(
  records: readonly TlsRecord[],
  messages: readonly HandshakeMessage[],
  progress: Progress,
  { notTls, over }: Surroundings = {},
): Handshake['outcome'] {
  if (records.length === 0) return notTls === undefined ? 'none' : 'failed'
  const established = progress.established || finishedUnread(records, progress)
  // A server that refuses the client's certificate says so after both Finished, before any answer.
  const answered = records.some(r => r.direction === 'to-client' && isApplicationData(r, progress))
  if (!(established && answered) && messages.some(message => endsHandshake(message, progress, established)))
    return 'failed'
  if (established) return 'established'
  const closedAlert = records.some(record => record.type === alert && record.encrypted && !record.opened)
  if (closedAlert || notTls !== undefined) return 'failed'
  return over && progress.clientHello !== undefined && !mayBeUp(records) ? 'failed' : 'pending'
}

/** Both sides sealed what they said, and nobody opened it: the handshake may have come to its end unseen. */
const mayBeUp = (records: readonly TlsRecord[]): boolean =>
  directions.every(direction =>
    records.some(record => record.direction === direction && record.type === applicationData && !record.opened),
  )

/** In TLS 1.3 a record that stays closed behind both Finished is one of which only the header was kept: data, as a rule. */
function isApplicationData(record: TlsRecord, { tls13, established }: Progress): boolean {
  if (record.type !== applicationData || !tls13) return record.type === applicationData
  return record.opened ? record.innerType === applicationData : established
}

/** TLS 1.3 says close_notify and user_canceled to end quietly; every other alert is an error (RFC 8446 6). */
function endsHandshake({ value }: HandshakeMessage, { tls13 }: Progress, established: boolean): boolean {
  if (value.name !== 'alert') return false
  const { level, description } = value.alert
  if (description === closeNotify) return !established
  return description !== userCanceled && (tls13 || level === fatal)
}

/** TLS 1.3 without keys: the client's first encrypted record that is no alert is or holds its Finished. */
function finishedUnread(records: readonly TlsRecord[], progress: Progress): boolean {
  if (!progress.tls13 || !progress.serverHello) return false
  const early = progress.clientHellos.some(hello => hello.earlyData)
  const sealed = records.filter(record => record.type === applicationData)
  if (sealed.some(record => record.opened) || early) return false
  const client = sealed.find(record => record.direction === 'to-server')
  return client !== undefined && client.length >= shortestFinished && sealed.some(r => r.direction === 'to-client')
}
