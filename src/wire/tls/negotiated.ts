import type { HandshakeMessage, Negotiated } from './handshake.ts'
import type { Progress } from './progress.ts'
import type { MessageValue } from './values.ts'

/** What these values are taken from. */
export type Said = Pick<HandshakeMessage, 'name' | 'direction' | 'value'>

type Named<Name extends MessageValue['name']> = Extract<MessageValue, { name: Name }>

/** What client and server agreed, from the messages alone: what no message says is absent. */
export function negotiatedFrom(messages: readonly Said[], progress: Progress): Negotiated {
  const last = <Name extends MessageValue['name']>(name: Name) =>
    messages.findLast(m => m.value.name === name && m.direction === 'to-client')?.value as Named<Name> | undefined
  const { version, serverHello, clientHello } = progress
  const encrypted = last('encrypted_extensions')?.extensions
  const exchange = last('server_key_exchange')?.exchange
  const verify = progress.tls13 ? last('certificate_verify')?.verify : undefined
  const group = serverHello?.keyShare?.group ?? exchange?.group ?? progress.retry?.selectedGroup
  const signatureAlgorithm = exchange?.algorithm ?? verify?.algorithm
  const alpn = encrypted?.alpn ?? serverHello?.alpn
  const serverName = clientHello?.serverName
  const cipherSuite = (serverHello ?? progress.retry)?.cipherSuite
  const stapled =
    last('certificate')?.certificate.ocspResponse ?? last('compressed_certificate')?.certificate?.ocspResponse
  return {
    ...(version !== undefined && { version }),
    ...(cipherSuite !== undefined && { cipherSuite }),
    ...(group !== undefined && { group }),
    ...(signatureAlgorithm !== undefined && { signatureAlgorithm }),
    ...(alpn !== undefined && { alpn }),
    ...(serverName !== undefined && { serverName }),
    resumption: resumptionOf(progress),
    earlyData: earlyDataOf(messages, progress),
    clientCertificate: clientCertificateOf(messages),
    ocspStapled: stapled !== undefined || last('certificate_status') !== undefined,
  }
}

/** TLS 1.3: the PSK that the server selected. Before: an echoed session id, or no certificate before CCS. */
function resumptionOf({ tls13, serverHello, clientHello, resumed }: Progress): Negotiated['resumption'] {
  if (!serverHello || !clientHello) return 'none'
  if (tls13) return serverHello.selectedPsk === undefined ? 'none' : 'psk'
  const { sessionId } = clientHello
  const echoed = sessionId.length > 0 && Buffer.from(sessionId).equals(serverHello.sessionId)
  if (!echoed && !resumed) return 'none'
  return (clientHello.sessionTicket?.length ?? 0) > 0 ? 'ticket' : 'session-id'
}

function earlyDataOf(messages: readonly Said[], progress: Progress): Negotiated['earlyData'] {
  if (!progress.clientHellos.some(hello => hello.earlyData)) return 'none'
  if (progress.retry || (progress.serverHello && !progress.tls13)) return 'rejected'
  const answer = messages.find(message => message.value.name === 'encrypted_extensions')?.value as
    | Named<'encrypted_extensions'>
    | undefined
  if (!answer) return 'none'
  return answer.extensions.earlyData ? 'accepted' : 'rejected'
}

function clientCertificateOf(messages: readonly Said[]): Negotiated['clientCertificate'] {
  const sent = messages.some(
    ({ direction, value }) =>
      direction === 'to-server' &&
      (value.name === 'certificate' || value.name === 'compressed_certificate') &&
      (value.certificate?.certificates.length ?? 0) > 0,
  )
  if (sent) return 'sent'
  return messages.some(message => message.name === 'certificate_request') ? 'requested' : 'none'
}
