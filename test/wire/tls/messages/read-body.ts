import { type MessageContext, type ReadMessage, readHandshakeMessage } from '../../../../src/wire/tls/read-message.ts'
import { fromHex, vectorHex } from '../tls-fixtures.ts'

/** Reads a message of a type from the hex of its body. */
export const readBody = (type: number, body: string, context: Partial<MessageContext> = {}): ReadMessage =>
  readHandshakeMessage(fromHex(type.toString(16).padStart(2, '0') + vectorHex(3, body)), {
    direction: 'to-client',
    ...context,
  })

export const tls13 = { version: 0x0304, cipherSuite: 0x1301 }
/** TLS 1.2 with ECDHE_RSA unless another suite is named. */
export const tls12 = (cipherSuite = 0xc02f) => ({ version: 0x0303, cipherSuite })
