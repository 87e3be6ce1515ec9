import type { ClientState } from '../client-state.ts'
import type { Patience } from '../patience.ts'
import { handshakeType, type Message, type Steps } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import type { Traffic } from '../tls13/traffic.ts'
import { authenticate } from './authentication.ts'
import { takeKeyUpdate } from './key-update.ts'
import { helloRequested } from './renegotiation.ts'
import { ticketSession } from './ticket.ts'

/**
 * A message behind the handshake: RFC 8446 4.6, RFC 5246 7.4.1.1. Nothing is answered unless `mayAnswer`. Returns the
 * handshake that begins, where the server renegotiates. Throws TlsError.
 */
export function afterwards(
  client: ClientState,
  patience: Patience,
  message: Message,
  mayAnswer: boolean,
): Steps | undefined {
  if (client.traffic) {
    patience.update()
    afterwards13(client, client.traffic, message, mayAnswer)
    return undefined
  }
  if (message.type !== handshakeType.helloRequest) return unexpected(message)
  const steps = mayAnswer ? helloRequested(client, message) : undefined
  if (!steps) patience.warning()
  return steps
}

function afterwards13(client: ClientState, traffic: Traffic, message: Message, mayAnswer: boolean): void {
  const { options } = client
  switch (message.type) {
    case handshakeType.newSessionTicket:
      return client.keep(ticketSession(client, traffic, message))
    case handshakeType.keyUpdate:
      if (client.messages.pending) fail('unexpected-message', 'a message goes on behind a change of keys')
      return takeKeyUpdate(client, traffic, message)
    case handshakeType.certificateRequest: {
      const answer = authenticate(client, traffic, message)
      if (mayAnswer) options.out(answer, false)
      return
    }
    default:
      unexpected(message)
  }
}

const unexpected = ({ type }: Message): never =>
  fail('unexpected-message', `handshake message ${type} behind the handshake`)
