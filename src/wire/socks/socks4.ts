import { u16 } from '../bytes.ts'
import { MalformedError } from '../reader.ts'
import type { SocksRequest, Take } from './whole.ts'

/** The bytes of a reply's second byte. */
export const [granted4, rejected4] = [90, 91] as const

const fixed = 8 // version, command, port, address
const longestText = 255 // of a user id or a name; neither paper has a limit

export interface Socks4Request extends SocksRequest {
  /** The client leaves it to the proxy to look the name up: SOCKS4A. */
  readonly named: boolean
}

/** A request of SOCKS4 or SOCKS4A, from its version byte on. */
export const takeSocks4: Take<Socks4Request> = bytes => {
  if (bytes.length < fixed) return undefined
  const userEnd = endOfText(bytes, fixed)
  if (userEnd === undefined) return undefined
  const [command, port] = [bytes[1]!, u16(bytes, 2)]
  const address = bytes.subarray(4, fixed)
  if (!isPlaceholder(address))
    return { value: { command, port, host: address.join('.'), named: false }, length: userEnd + 1 }
  const nameEnd = endOfText(bytes, userEnd + 1)
  if (nameEnd === undefined) return undefined
  const host = Buffer.from(bytes.subarray(userEnd + 1, nameEnd)).toString('latin1')
  return { value: { command, port, host, named: true }, length: nameEnd + 1 }
}

export const socks4Reply = (code: number): Buffer => Buffer.from([0, code, 0, 0, 0, 0, 0, 0])

/** 0.0.0.x, with x not 0: a name follows. */
const isPlaceholder = ([a, b, c, d]: Uint8Array): boolean => a === 0 && b === 0 && c === 0 && d !== 0

/** Where the zero behind a text stands. */
function endOfText(bytes: Uint8Array, from: number): number | undefined {
  const end = bytes.indexOf(0, from)
  if ((end < 0 ? bytes.length : end) - from > longestText) throw new MalformedError(from, 'a text that is too long')
  return end < 0 ? undefined : end
}
