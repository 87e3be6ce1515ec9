/** ClientHellos by the parts that matter in a test; written from RFC 8446 4.1.2, and not by what is tested. */
import { randomBytes } from 'node:crypto'

export const u8 = (value: number): Buffer => Buffer.of(value)
export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255)
export const u24 = (value: number): Buffer => Buffer.of(value >> 16, (value >> 8) & 255, value & 255)
export const u32 = (value: number): Buffer =>
  Buffer.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255)
const joined = (parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts)
/** A vector of RFC 8446 3.4, by how many bytes its length takes. */
export const vector8 = (...parts: readonly Uint8Array[]): Buffer => joined([u8(joined(parts).length), ...parts])
export const vector16 = (...parts: readonly Uint8Array[]): Buffer => joined([u16(joined(parts).length), ...parts])
export const vector24 = (...parts: readonly Uint8Array[]): Buffer => joined([u24(joined(parts).length), ...parts])
export const message = (type: number, ...parts: readonly Uint8Array[]): Buffer => joined([u8(type), vector24(...parts)])

export type Part = readonly [type: number, data: Uint8Array]
export const extensionList = (parts: readonly Part[]): Buffer =>
  vector16(...parts.flatMap(([type, data]) => [u16(type), vector16(data)]))

/** Bytes of a client's share of each group. */
export const shareLengths: Readonly<Record<number, number>> = {
  21: 57,
  22: 65,
  23: 65,
  24: 97,
  25: 133,
  29: 32,
  30: 56,
  31: 65,
  32: 97,
  33: 129,
  256: 256,
  257: 384,
  258: 512,
  259: 768,
  260: 1024,
  512: 800,
  513: 1184,
  514: 1568,
  4587: 1249,
  4588: 1216,
  4589: 1665,
}

/** What OpenSSL's server at security level 0 can choose below TLS 1.3, and the five of TLS 1.3. */
export const suites13 = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305]
export const suites12 = [
  0xc02b, 0xc02c, 0xcca9, 0xc023, 0xc024, 0xc009, 0xc00a, 0xc0ac, 0xc0ad, 0xc0ae, 0xc0af, 0xc072, 0xc073, 0xc05c,
  0xc05d, 0xc02f, 0xc030, 0xcca8, 0xc027, 0xc028, 0xc013, 0xc014, 0xc076, 0xc077, 0xc060, 0xc061, 0x009e, 0x009f,
  0xccaa, 0x0067, 0x006b, 0x0033, 0x0039, 0xc09e, 0xc09f, 0xc0a2, 0xc0a3, 0x00be, 0x00c4, 0x0045, 0x0088, 0xc052,
  0xc053, 0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0xc09c, 0xc09d, 0xc0a0, 0xc0a1, 0x00ba, 0x00c0, 0x0041,
  0x0084, 0xc050, 0xc051,
]
const schemes = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
]

export interface Offer {
  readonly suites?: readonly number[]
  readonly groups?: readonly number[]
  /** Those of `groups` that have a share; the first, unless told. */
  readonly shares?: readonly number[]
  readonly versions?: readonly number[]
  readonly schemes?: readonly number[]
  readonly alpn?: readonly string[]
  readonly sessionId?: Uint8Array
  readonly sessionTicket?: Uint8Array
  readonly and?: readonly Part[]
  readonly without?: readonly number[]
}

/** A ClientHello with its four header bytes. Its newest version decides legacy_version; 1.2 unless told. */
export function offer(told: Offer = {}): Buffer {
  const { suites = [...suites13, ...suites12], groups = [29, 23, 24, 25, 30], versions = [0x0304, 0x0303] } = told
  const { sessionId = randomBytes(32), without = [], and = [], alpn } = told
  const shares = (told.shares ?? groups.slice(0, 1)).map(group =>
    Buffer.concat([u16(group), vector16(randomBytes(shareLengths[group] ?? 32))]),
  )
  const modern: Part[] = [
    [43, vector8(...versions.map(u16))],
    [45, vector8(u8(1))],
    [51, vector16(...shares)],
  ]
  const parts: Part[] = [
    [0, vector16(u8(0), vector16(Buffer.from('api.example.test')))],
    [23, Buffer.alloc(0)],
    [0xff01, vector8()],
    [10, vector16(...groups.map(u16))],
    [11, vector8(u8(0))],
    [35, told.sessionTicket ?? Buffer.alloc(0)],
    [22, Buffer.alloc(0)],
    [13, vector16(...(told.schemes ?? schemes).map(u16))],
    ...(alpn ? [[16, vector16(...alpn.map(name => vector8(Buffer.from(name))))] as const] : []),
    ...(versions.includes(0x0304) ? modern : []),
    ...and,
  ]
  return message(
    1,
    u16(Math.min(0x0303, Math.max(...versions))),
    randomBytes(32),
    vector8(sessionId),
    vector16(...suites.map(u16)),
    vector8(u8(0)),
    extensionList(parts.filter(([type]) => !without.includes(type))),
  )
}

/** An offer to resume a session of TLS 1.3; identity and binder stand where the client's own were. */
export const preSharedKey: Part = [
  41,
  Buffer.concat([vector16(vector16(Buffer.alloc(64, 7)), Buffer.alloc(4)), vector16(vector8(Buffer.alloc(32)))]),
]
