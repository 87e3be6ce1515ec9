import { ByteReader, type Field, MalformedError } from '../reader.ts'
import type { MessageContext, Source } from './message-context.ts'
import { alert } from './messages/alert.ts'
import { certificate } from './messages/certificate.ts'
import { certificateRequest } from './messages/certificate-request.ts'
import { certificateStatus } from './messages/certificate-status.ts'
import { certificateVerify } from './messages/certificate-verify.ts'
import { changeCipherSpec } from './messages/change-cipher-spec.ts'
import { clientHello } from './messages/client-hello.ts'
import { clientKeyExchange } from './messages/client-key-exchange.ts'
import { compressedCertificate } from './messages/compressed-certificate.ts'
import { empty } from './messages/empty.ts'
import { encryptedExtensions } from './messages/encrypted-extensions.ts'
import { finished } from './messages/finished.ts'
import { readHeader } from './messages/header.ts'
import { keyUpdate } from './messages/key-update.ts'
import { newSessionTicket } from './messages/new-session-ticket.ts'
import { certificateUrl, nextProtocol, supplementalData, unknownMessage } from './messages/rare.ts'
import { draftRetry, isRetry, serverHello } from './messages/server-hello.ts'
import { serverKeyExchange } from './messages/server-key-exchange.ts'
import type { MessageValue } from './values.ts'

export type { MessageContext } from './message-context.ts'
export { readClientHello } from './messages/client-hello.ts'
export { readServerHello } from './messages/server-hello.ts'

export interface ReadMessage {
  /** The name of its type, also where the body could not be read. 'unknown' for types that have no value. */
  readonly name: MessageValue['name']
  /** Handshake type; for an alert or change_cipher_spec, its content type. */
  readonly type: number
  readonly fields: readonly Field[]
  readonly value: MessageValue
  /** The MalformedError's sentence; of a malformed extension too, though the rest of the message was then read. */
  readonly malformed?: string
}

type Body = (r: ByteReader, source: Source) => MessageValue

const bodies: Readonly<Record<number, readonly [MessageValue['name'], Body] | undefined>> = {
  0: ['hello_request', empty('hello_request')],
  1: ['client_hello', clientHello],
  2: ['server_hello', serverHello],
  4: ['new_session_ticket', newSessionTicket],
  5: ['end_of_early_data', empty('end_of_early_data')],
  6: ['hello_retry_request', draftRetry],
  8: ['encrypted_extensions', encryptedExtensions],
  11: ['certificate', certificate],
  12: ['server_key_exchange', serverKeyExchange],
  13: ['certificate_request', certificateRequest],
  14: ['server_hello_done', empty('server_hello_done')],
  15: ['certificate_verify', certificateVerify],
  16: ['client_key_exchange', clientKeyExchange],
  20: ['finished', finished],
  21: ['unknown', certificateUrl],
  22: ['certificate_status', certificateStatus],
  23: ['unknown', supplementalData],
  24: ['key_update', keyUpdate],
  25: ['compressed_certificate', compressedCertificate],
  67: ['unknown', nextProtocol],
}

/**
 * Decodes one reassembled, decrypted handshake message, its four header bytes included. Never throws: a message that
 * does not follow its format has `malformed`, the fields read so far, and the value 'unknown'. Without `withFields` only
 * the value is read, and an extension that adds nothing to it is not looked at.
 */
export function readHandshakeMessage(bytes: Uint8Array, context: MessageContext, withFields = true): ReadMessage {
  const type = bytes[0] ?? -1
  const [typeName, body] = bodies[type] ?? ['unknown', unknownMessage(type)]
  const name = typeName === 'server_hello' && isRetry(bytes) ? 'hello_retry_request' : typeName
  const read: Body = (r, source) => {
    readHeader(r)
    return body(r, source)
  }
  return readAs(name, type, bytes, context, read, withFields)
}

/** Decodes the two bytes of an alert. Never throws. */
export const readAlert = (bytes: Uint8Array): ReadMessage => readAs('alert', 21, bytes, noContext, alert)

/** Decodes the one byte of a change_cipher_spec. Never throws. */
export const readChangeCipherSpec = (bytes: Uint8Array): ReadMessage =>
  readAs('change_cipher_spec', 20, bytes, noContext, changeCipherSpec)

const noContext: MessageContext = { direction: 'to-server' }

function readAs(
  name: MessageValue['name'],
  type: number,
  bytes: Uint8Array,
  context: MessageContext,
  read: Body,
  withFields = true,
): ReadMessage {
  const r = withFields ? new ByteReader(bytes, name) : ByteReader.quiet(bytes, name)
  const problems: string[] = []
  try {
    const value = read(r, { bytes, context, problems })
    return { name, type, fields: r.fields, value, ...(problems[0] !== undefined && { malformed: problems[0] }) }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { name, type, fields: r.fields, value: { name: 'unknown', type }, malformed: error.message }
  }
}
