import { brotliDecompressSync, inflateSync } from 'node:zlib'
import { BinaryReader } from '../binary-reader.ts'
import { type Allowance, unlimited } from '../decode.ts'

// By hand: fontkit and opentype.js want a whole font, and load for 60 to 190 ms to tell seven names.

/** The tables of a font by name, such as `maxp`, unpacked where that was possible. */
export interface FontTables {
  readonly format: string
  readonly count: number
  table(name: string): Uint8Array | undefined
}

const mostTables = 200
const mostBytes = 16 * 1024 * 1024

const formats: Readonly<Record<string, (bytes: Uint8Array, allowance: Allowance) => FontTables>> = {
  '\0\x01\0\0': bytes => sfnt(bytes, 'TrueType'),
  true: bytes => sfnt(bytes, 'TrueType'),
  OTTO: bytes => sfnt(bytes, 'OpenType (CFF)'),
  ttcf: collection,
  wOFF: woff,
  wOF2: woff2,
}

/** Throws MalformedError where the directory is cut short; undefined for anything but a font. */
export function fontTables(bytes: Uint8Array, allowance = unlimited): FontTables | undefined {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
  return Object.hasOwn(formats, magic) ? formats[magic]!(bytes, allowance) : undefined
}

function sfnt(bytes: Uint8Array, format: string, from = 0): FontTables {
  const reader = new BinaryReader(bytes)
  reader.at = from + 4
  const count = reader.u16()
  reader.bytes(6)
  const found = new Map<string, Uint8Array>()
  for (let i = 0; i < Math.min(count, mostTables); i++) {
    const name = tag(reader)
    reader.u32()
    const offset = reader.u32()
    found.set(name, bytes.subarray(offset, offset + reader.u32()))
  }
  return { format, count, table: name => found.get(name) }
}

/** The first font of a collection. */
function collection(bytes: Uint8Array): FontTables {
  const reader = new BinaryReader(bytes)
  reader.bytes(8)
  const fonts = reader.u32()
  return sfnt(bytes, `TrueType collection of ${fonts} fonts`, reader.u32())
}

/** WOFF 1.0: each table may be packed with zlib. */
function woff(bytes: Uint8Array, allowance: Allowance): FontTables {
  const reader = new BinaryReader(bytes)
  reader.bytes(12)
  const count = reader.u16()
  reader.at = 44
  const found = new Map<string, readonly [packed: Uint8Array, length: number]>()
  for (let i = 0; i < Math.min(count, mostTables); i++) {
    const name = tag(reader)
    const offset = reader.u32()
    const packed = bytes.subarray(offset, offset + reader.u32())
    found.set(name, [packed, reader.u32()])
    reader.u32()
  }
  const table = (name: string) => {
    const [packed, length] = found.get(name) ?? []
    if (!packed || length === undefined || packed.length >= length) return packed
    return unpacked(length, allowance, limit => inflateSync(packed, limit))
  }
  return { format: 'WOFF', count, table }
}

// WOFF2 5.2 numbers its known tables; of those in front of 'name' and 'maxp' all must be counted.
const knownTables =
  'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'

/** WOFF2: all tables in one brotli stream, in the order of the directory. */
function woff2(bytes: Uint8Array, allowance: Allowance): FontTables {
  const reader = new BinaryReader(bytes)
  reader.bytes(12)
  const count = reader.u16()
  reader.bytes(6)
  const packedLength = reader.u32()
  reader.at = 48
  const places = new Map<string, readonly [start: number, end: number]>()
  let start = 0
  for (let i = 0; i < Math.min(count, mostTables); i++) {
    const flags = reader.u8()
    const name = (flags & 0x3f) === 0x3f ? tag(reader) : knownTables.slice((flags & 0x3f) * 5, (flags & 0x3f) * 5 + 4)
    const length = base128(reader)
    const version = flags >> 6
    const transformed = name === 'glyf' || name === 'loca' ? version !== 3 : version !== 0
    const end = start + (transformed ? base128(reader) : length)
    places.set(name, [start, end])
    start = end
  }
  const packed = bytes.subarray(reader.at, reader.at + packedLength)
  let all: Uint8Array | undefined
  const table = (name: string) => {
    const place = places.get(name)
    all ??= unpacked(mostBytes, allowance, limit => brotliDecompressSync(packed, limit)) ?? new Uint8Array(0)
    return place && all.subarray(...place)
  }
  return { format: 'WOFF2', count, table }
}

/** UIntBase128 (WOFF2 4.1): at most five bytes. */
function base128(reader: BinaryReader): number {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = reader.u8()
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) break
  }
  return value
}

const tag = (reader: BinaryReader): string => Buffer.from(reader.bytes(4)).toString('latin1')

type Unpack = (limit: { readonly maxOutputLength: number }) => Uint8Array

/** At most `length` bytes; undefined where they cannot be unpacked, or nothing is left of the allowance. */
function unpacked(length: number, allowance: Allowance, unpack: Unpack): Uint8Array | undefined {
  const maxOutputLength = Math.min(length, mostBytes, allowance.left)
  try {
    const bytes = unpack({ maxOutputLength })
    allowance.left -= bytes.length
    return bytes
  } catch {
    allowance.left -= maxOutputLength
    return undefined
  }
}
