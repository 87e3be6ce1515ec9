/**
 * Blocks of a pcapng file, little-endian (draft-ietf-opsawg-pcapng). Each stands by itself: a file is a section header,
 * its interfaces, and then the others in any order.
 */

/** An option: its number and its value. */
type Option = readonly [code: number, value: Uint8Array | string]

const code = { comment: 1, section: { os: 3, program: 4 }, interface: { name: 2, says: 3, resolution: 9 } } as const
const blockType = { section: 0x0a0d0d0a, interface: 1, names: 4, packet: 6, secrets: 10 } as const
const mostOption = 0xffff // bytes
const tlsKeyLog = 0x544c534b
const nanoseconds = 9
/** LINKTYPE_RAW: a packet begins with its IP header, whose first four bits say the version. */
export const rawIp = 101
const snapLength = 262_144

export interface Section {
  readonly program: string
  readonly os: string
  readonly comment?: string
}

/** The first block (4.1). How long its section is stays open. */
export function sectionHeader({ program, os, comment }: Section): Uint8Array {
  const fixed = Buffer.alloc(16)
  fixed.writeUInt32LE(0x1a2b3c4d, 0)
  fixed.writeUInt16LE(1, 4)
  fixed.writeBigInt64LE(-1n, 8)
  return block(blockType.section, fixed, [
    [code.section.os, os],
    [code.section.program, program],
    ...commentOption(comment === undefined ? [] : [comment]),
  ])
}

/** An interface whose packets are raw IP, with times in nanoseconds (4.2). The first has the number 0. */
export function interfaceDescription(name: string, says: string): Uint8Array {
  const fixed = Buffer.alloc(8)
  fixed.writeUInt16LE(rawIp, 0)
  fixed.writeUInt32LE(snapLength, 4)
  return block(blockType.interface, fixed, [
    [code.interface.name, name],
    [code.interface.says, says],
    [code.interface.resolution, Uint8Array.of(nanoseconds)],
  ])
}

export interface NamedAddress {
  /** Four bytes or sixteen. */
  readonly address: Uint8Array
  readonly names: readonly string[]
}

/** What addresses are called (4.5). */
export function nameResolution(addresses: readonly NamedAddress[]): Uint8Array {
  const records = addresses.map(({ address, names }) => {
    const value = Buffer.concat([address, ...names.map(name => Buffer.from(`${name}\0`))])
    return tagged(address.length === 4 ? 1 : 2, value)
  })
  return block(blockType.names, Buffer.concat([...records, Buffer.alloc(4)]))
}

/** The secrets of packets behind it, as lines in NSS key log format without line ends (4.7). */
export function decryptionSecrets(lines: readonly string[]): Uint8Array {
  const text = Buffer.from(lines.map(line => `${line}\n`).join(''))
  const fixed = Buffer.alloc(8)
  fixed.writeUInt32LE(tlsKeyLog, 0)
  fixed.writeUInt32LE(text.length, 4)
  return block(blockType.secrets, Buffer.concat([fixed, padded(text)]))
}

export interface CapturedPacket {
  /** Number of its interface. */
  readonly on: number
  /** ms since the epoch, fractional */
  readonly at: number
  readonly bytes: Uint8Array
  /** Bytes on the wire, where it was longer than `bytes`. */
  readonly length: number
  readonly comments: readonly string[]
}

/** A packet with when it passed (4.3). */
export function enhancedPacket({ on, at, bytes, length, comments }: CapturedPacket): Uint8Array {
  const time = nanosecondsOf(at)
  const fixed = Buffer.alloc(20)
  fixed.writeUInt32LE(on, 0)
  fixed.writeUInt32LE(Number(time >> 32n), 4)
  fixed.writeUInt32LE(Number(time & 0xffff_ffffn), 8)
  fixed.writeUInt32LE(bytes.length, 12)
  fixed.writeUInt32LE(length, 16)
  return block(blockType.packet, Buffer.concat([fixed, padded(bytes)]), commentOption(comments))
}

const latest = 18e12 // ms; the nanoseconds of later ones have more than 64 bits

/** A number of ms holds a quarter of a microsecond. */
function nanosecondsOf(at: number): bigint {
  const known = Math.min(latest, Math.max(0, at))
  const whole = Math.floor(known)
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((known - whole) * 1_000_000))
}

function block(type: number, body: Uint8Array, options: readonly Option[] = []): Uint8Array {
  const written = options.map(([code, value]) => tagged(code, typeof value === 'string' ? Buffer.from(value) : value))
  if (written.length > 0) written.push(Buffer.alloc(4))
  const bytes = Buffer.concat([Buffer.alloc(8), body, ...written, Buffer.alloc(4)])
  bytes.writeUInt32LE(type, 0)
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.writeUInt32LE(bytes.length, bytes.length - 4)
  return bytes
}

const commentOption = (comments: readonly string[]): Option[] =>
  comments.map((text): Option => [code.comment, Buffer.from(text).subarray(0, mostOption)])

/** Number, length and value, as options and records of names have it (3.5). */
function tagged(number: number, value: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(number, 0)
  head.writeUInt16LE(value.length, 2)
  return Buffer.concat([head, padded(value)])
}

const padded = (bytes: Uint8Array): Uint8Array =>
  bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))])
