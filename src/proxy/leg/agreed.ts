import type { TLSSocket } from 'node:tls'
import type { Agreed } from '../../model/connection.ts'

/** What Node says was agreed; `none` where it cannot say. */
export function agreedOn(socket: TLSSocket): Agreed {
  return {
    version: socket.getProtocol() ?? 'none',
    cipherSuite: socket.getCipher()?.standardName ?? 'none',
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    resumed: socket.isSessionReused(),
  }
}
