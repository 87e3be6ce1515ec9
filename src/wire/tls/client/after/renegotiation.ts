import type { ClientState } from '../client-state.ts'
import { handshake } from '../handshake.ts'
import { ownShares } from '../hello/own-hello.ts'
import { contentType, handshakeType, type Message, type Steps } from '../protocol.ts'
import { renegotiationHello } from '../tls12/renegotiation-hello.ts'

const most = 3
const within = 600_000 // ms; as Node's server allows clients
const noRenegotiation = Buffer.of(1, 100) // a warning: RFC 5246 7.2.2

/**
 * A HelloRequest behind the handshake: RFC 5246 7.4.1.1. Servers that ask for a certificate only for some pages do so.
 * Returns the handshake that begins, or undefined where we decline: without RFC 5746, or too often.
 */
export function helloRequested(client: ClientState, message: Message): Steps | undefined {
  const { agreed, options, transcript, finished, now } = client
  client.peruse(message, 'hello_request', handshakeType.helloRequest)
  const recent = client.renegotiated.filter(at => at > now - within)
  if (!agreed.secureRenegotiation || !finished || !agreed.chain || recent.length >= most) {
    options.out(client.records.sealed(contentType.alert, noRenegotiation), false)
    return undefined
  }
  client.renegotiated = [...recent, now]
  client.sent = ownShares(renegotiationHello(client.sent.message, finished))
  transcript.clear()
  options.out(client.said(client.sent.message), false)
  return handshake(client, { ...finished, leaf: agreed.chain.certificates[0]! })
}
