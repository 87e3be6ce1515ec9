import type { ClientState } from '../client-state.ts'
import { handshakeType, type Message } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import { same } from './same.ts'

/** The server's Finished: RFC 8446 4.4.4, RFC 5246 7.4.9. `expected` is of the transcript before it. Throws TlsError. */
export function checkFinished(client: ClientState, message: Message, expected: Uint8Array): void {
  const { verifyData } = client.read(message, 'finished', handshakeType.finished)
  if (verifyData.length !== expected.length) fail('decode-error', 'a verify_data of another length')
  if (!same(verifyData, expected)) fail('decrypt-error', 'the verify_data of the server is wrong')
}
