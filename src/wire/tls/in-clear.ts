import { u24 } from '../bytes.ts'
import type { RawRecord } from './record-reader.ts'

const changeCipherSpec = 20
const alert = 21
const handshake = 22
const applicationData = 23

/** TLS 1.3 (RFC 8446 5): what is not application_data was not encrypted; an encrypted alert is longer than two bytes. */
export const inClear = ({ type, length }: RawRecord): boolean =>
  type === changeCipherSpec || (type === alert && length === 2) || (type !== applicationData && type !== alert)

/** After ChangeCipherSpec in an unknown version: a TLS 1.3 alert or second ClientHello; nothing encrypted has their shape. */
export function maybeInClear({ type, length, fragment }: RawRecord): boolean {
  if (type === alert) return length === 2
  return type === handshake && fragment?.[0] === 1 && length > 4 && u24(fragment, 1) + 4 === length
}
