import { brotliCompressSync, deflateSync } from 'node:zlib'

const u16 = (...values: number[]) => Buffer.from(values.flatMap(value => [value >> 8, value & 0xff]))
const u32 = (...values: number[]) => u16(...values.flatMap(value => [value >>> 16, value & 0xffff]))

const family = Buffer.from('\0P\0a\0r', 'latin1')
const mac = Buffer.from('Mac', 'latin1')
const tables = {
  head: Buffer.concat([Buffer.alloc(18), u16(1000), Buffer.alloc(34)]),
  maxp: Buffer.concat([u32(0x00010000), u16(321)]),
  name: Buffer.concat([
    u16(0, 3, 6 + 36),
    u16(1, 0, 0, 1, mac.length, family.length),
    u16(3, 1, 0x409, 1, family.length, 0),
    u16(1, 0, 0, 2, mac.length, family.length),
    family,
    mac,
  ]),
}
const entries = Object.entries(tables)

/** A font of three tables: 321 glyphs, 1000 units per em, family "Par", style "Mac". */
export function sfnt(): Buffer {
  let at = 12 + entries.length * 16
  const directory = entries.map(([name, table]) => {
    const entry = Buffer.concat([Buffer.from(name), u32(0, at, table.length)])
    at += table.length
    return entry
  })
  return Buffer.concat([u32(0x00010000), u16(entries.length, 0, 0, 0), ...directory, ...Object.values(tables)])
}

export function woff(): Buffer {
  let at = 44 + entries.length * 20
  const packed = entries.map(([, table]) => (table.length > 40 ? deflateSync(table) : table))
  const directory = entries.map(([name, table], i) => {
    const entry = Buffer.concat([Buffer.from(name), u32(at, packed[i]!.length, table.length, 0)])
    at += packed[i]!.length
    return entry
  })
  return Buffer.concat([
    Buffer.from('wOFF'),
    u32(0x00010000, 0),
    u16(entries.length),
    Buffer.alloc(30),
    ...directory,
    ...packed,
  ])
}

export function woff2(): Buffer {
  const known = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name']
  const directory = entries.map(([name, table]) => Buffer.from([known.indexOf(name), table.length]))
  const packed = brotliCompressSync(Buffer.concat(Object.values(tables)))
  const head = [
    Buffer.from('wOF2'),
    u32(0x00010000, 0),
    u16(entries.length, 0),
    u32(0, packed.length),
    Buffer.alloc(24),
  ]
  return Buffer.concat([...head, ...directory, packed])
}
