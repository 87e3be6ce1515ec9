import { u16 } from '../bytes.ts'
import { MalformedError } from '../reader.ts'
import type { SocksRequest, Take } from './whole.ts'

/** RFC 1928 3: how a client may say who it is. */
export const [noLogin, passwordLogin, noMethod] = [0, 2, 255] as const
/** RFC 1928 6. */
export const [succeeded, notAllowed, commandNotSupported, addressNotSupported] = [0, 2, 7, 8] as const

const star = 42

export interface Login {
  readonly user: string
  readonly password: string
}

/** RFC 1928 3: the methods that a client offers. */
export const takeGreeting: Take<readonly number[]> = bytes => {
  const length = 2 + bytes[1]!
  return bytes.length >= 2 && bytes.length >= length ? { value: [...bytes.subarray(2, length)], length } : undefined
}

/** RFC 1929 2. */
export const takeLogin: Take<Login> = bytes => {
  if (bytes.length > 0 && bytes[0] !== 1) throw new MalformedError(0, `version ${bytes[0]} of a login`)
  const userEnd = 2 + bytes[1]!
  const end = userEnd + 1 + bytes[userEnd]!
  if (bytes.length < 2 || bytes.length <= userEnd || bytes.length < end) return undefined
  const text = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString()
  return { value: { user: text(2, userEnd), password: text(userEnd + 1, end) }, length: end }
}

/** A login, or the beginning of one, with a star for each byte of what is secret. */
export function maskedLogin(bytes: Uint8Array): Buffer {
  const masked = Buffer.alloc(bytes.length, star)
  for (const at of [0, 1, 2 + (bytes[1] ?? 0)]) if (at < bytes.length) masked[at] = bytes[at]!
  return masked
}

/** RFC 1928 4. A type of address that nobody knows has no end, so it is malformed. */
export const takeSocks5: Take<SocksRequest> = bytes => {
  if (bytes.length > 0 && bytes[0] !== 5) throw new MalformedError(0, `version ${bytes[0]} of a request`)
  if (bytes.length < 5) return undefined
  const [, command, , type, first] = bytes
  const kind = addressKinds[type!]
  if (!kind) throw new MalformedError(3, `type ${type} of an address`)
  const end = 4 + kind.length(first!)
  if (bytes.length < end + 2) return undefined
  return {
    value: { command: command!, host: kind.show(bytes.subarray(4, end)), port: u16(bytes, end) },
    length: end + 2,
  }
}

interface AddressKind {
  /** Of the address, by its first byte. */
  length(first: number): number
  show(bytes: Uint8Array): string
}

/** RFC 1928 5. */
const addressKinds: Readonly<Record<number, AddressKind>> = {
  1: { length: () => 4, show: bytes => bytes.join('.') },
  3: { length: first => 1 + first, show: bytes => Buffer.from(bytes.subarray(1)).toString('latin1') },
  4: {
    length: () => 16,
    show: bytes => shortest(Array.from({ length: 8 }, (_, i) => u16(bytes, 2 * i).toString(16)).join(':')),
  },
}

/** RFC 5952 4, as URLs have it. */
const shortest = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1)

export const methodChosen = (method: number): Buffer => Buffer.from([5, method])
/** RFC 1929 2: any other status than 0 refuses. */
export const loginAnswer = (right: boolean): Buffer => Buffer.from([1, right ? 0 : 1])
export const socks5Reply = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0])
