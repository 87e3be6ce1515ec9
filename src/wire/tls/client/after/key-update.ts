import type { ClientState } from '../client-state.ts'
import { handshake as framed } from '../framing.ts'
import { contentType, handshakeType, type Message } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import type { Traffic } from '../tls13/traffic.ts'

/** The server's KeyUpdate: RFC 8446 4.6.3. One of ours that it wants is due before our next data. Throws TlsError. */
export function takeKeyUpdate(client: ClientState, traffic: Traffic, message: Message): void {
  if (message.bytes.length === 5 && message.bytes[4]! > 1) fail('illegal-parameter', 'a KeyUpdate of another kind')
  const { requested } = client.peruse(message, 'key_update', handshakeType.keyUpdate)
  traffic.read = traffic.read.next()
  client.server.opener = traffic.read.opener()
  if (requested) traffic.updateDue = true
}

/** A KeyUpdate of ours as a record; what follows goes under new keys. With `request` the server is to renew its own. */
export function keyUpdate(client: ClientState, traffic: Traffic, request: boolean): Buffer {
  const update = framed(handshakeType.keyUpdate, Buffer.of(request ? 1 : 0))
  client.tell(true, update)
  const record = client.records.sealed(contentType.handshake, update)
  traffic.updateDue = false
  traffic.write = traffic.write.next()
  client.records.sealer = traffic.write.sealer()
  return record
}
