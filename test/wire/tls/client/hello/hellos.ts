/** ClientHellos to send as if they were ours: recorded ones, and some that are made to measure. */
import { handshake, list8, list16, u16 } from '../../../../../src/wire/tls/client/framing.ts'
import type { Part } from '../../../../../src/wire/tls/client/hello/template.ts'
import type { Session } from '../../../../../src/wire/tls/client/session.ts'
import { clientHellos } from '../../tls-fixtures.ts'

export const recorded = clientHellos

export interface Wanted {
  readonly sessionId?: Uint8Array
  readonly suites?: readonly number[]
  readonly version?: number
  /** Absent: the hello ends before them. */
  readonly extensions?: readonly Part[]
}

export function makeHello({ sessionId = Buffer.alloc(0), suites = [0x1301], version = 0x0303, extensions }: Wanted) {
  const parts = [u16(version), Buffer.alloc(32, 7), list8(sessionId), list16(Buffer.concat(suites.map(u16)))]
  parts.push(Buffer.of(1, 0))
  if (extensions) parts.push(list16(Buffer.concat(extensions.flatMap(({ type, data }) => [u16(type), list16(data)]))))
  return handshake(1, Buffer.concat(parts))
}

export const extension = {
  serverName: (name: string): Part => ({
    type: 0,
    data: list16(Buffer.concat([Buffer.of(0), list16(Buffer.from(name))])),
  }),
  groups: (...groups: readonly number[]): Part => ({ type: 10, data: list16(Buffer.concat(groups.map(u16))) }),
  alpn: (...names: readonly string[]): Part => ({
    type: 16,
    data: list16(Buffer.concat(names.map(name => list8(Buffer.from(name))))),
  }),
  padding: (size: number): Part => ({ type: 21, data: Buffer.alloc(size) }),
  extendedMasterSecret: (): Part => ({ type: 23, data: Buffer.alloc(0) }),
  ticket: (ticket: string): Part => ({ type: 35, data: Buffer.from(ticket) }),
  earlyData: (): Part => ({ type: 42, data: Buffer.alloc(0) }),
  versions: (...versions: readonly number[]): Part => ({ type: 43, data: list8(Buffer.concat(versions.map(u16))) }),
  pskModes: (...modes: readonly number[]): Part => ({ type: 45, data: list8(Buffer.from(modes)) }),
  shares: (...shares: readonly (readonly [number, Uint8Array])[]): Part => ({
    type: 51,
    data: list16(Buffer.concat(shares.flatMap(([group, key]) => [u16(group), list16(key)]))),
  }),
  /** Tickets of a client, with binders of 32 bytes. */
  psk: (...tickets: readonly string[]): Part => ({
    type: 41,
    data: Buffer.concat([
      list16(Buffer.concat(tickets.flatMap(ticket => [list16(Buffer.from(ticket)), Buffer.alloc(4, 1)]))),
      list16(Buffer.concat(tickets.map(() => list8(Buffer.alloc(32, 2))))),
    ]),
  }),
}

/** What a client of TLS 1.3 says that resumes, with early data. */
export const resuming = [
  extension.versions(0x0304),
  extension.groups(29, 23),
  extension.shares([29, Buffer.alloc(32, 9)]),
  extension.pskModes(1),
  extension.earlyData(),
  extension.psk('of the client', 'another'),
]

const secret = Buffer.alloc(32, 3)
const about = { ageAdd: 0xffff_ff00, receivedAt: 1_000, lifetime: 7200, scheme: undefined, extendedMasterSecret: true }

export const session13: Session = {
  ...about,
  version: 0x0304,
  cipherSuite: 0x1301,
  secret,
  ticket: Buffer.from('of the server'),
  chain: { certificates: [], rawKey: false },
}

export const session12: Session = { ...session13, version: 0x0303, cipherSuite: 0xc02f }
