import { BinaryReader } from '../../formats/binary-reader.ts'
import { MalformedError } from '../../wire/reader.ts'
import { renderValues } from './render-values.ts'
import type { Render } from './renderer.ts'
import { hexWords, type ValueLines } from './value-lines.ts'

const deepest = 100

/** MessagePack: one value after the other as a tree. */
export const renderMsgpack: Render = (input, context) => renderValues('MessagePack', input, context, readValue)

function readValue(reader: BinaryReader, lines: ValueLines, depth = 0): void {
  if (depth > deepest) throw new MalformedError(reader.at, `more than ${deepest} levels`)
  const at = reader.at
  const type = reader.u8()
  if (type < 0x80) return lines.scalar(String(type), 'number')
  if (type < 0x90) return map(reader, lines, type & 0x0f, depth)
  if (type < 0xa0) return array(reader, lines, type & 0x0f, depth)
  if (type < 0xc0) return text(reader, lines, type & 0x1f)
  if (type >= 0xe0) return lines.scalar(String(type - 0x100), 'number')
  const read = longTypes[type]
  if (!read) throw new MalformedError(at, 'the byte c1 is never used')
  read(reader, lines, depth)
}

type ReadLong = (reader: BinaryReader, lines: ValueLines, depth: number) => void

const word =
  (text: string): ReadLong =>
  (_, lines) =>
    lines.scalar(text, 'word')
const number =
  (read: (reader: BinaryReader) => number | bigint): ReadLong =>
  (reader, lines) =>
    lines.scalar(shown(read(reader)), 'number')
const shown = (value: number | bigint): string => (Object.is(value, -0) ? '-0' : String(value))

const longTypes: Readonly<Record<number, ReadLong>> = {
  192: word('null'),
  194: word('false'),
  195: word('true'),
  196: (reader, lines) => lines.bytes(reader.bytes(reader.u8())),
  197: (reader, lines) => lines.bytes(reader.bytes(reader.u16())),
  198: (reader, lines) => lines.bytes(reader.bytes(reader.u32())),
  199: (reader, lines) => extension(reader, lines, reader.u8()),
  200: (reader, lines) => extension(reader, lines, reader.u16()),
  201: (reader, lines) => extension(reader, lines, reader.u32()),
  202: number(reader => reader.f32()),
  203: number(reader => reader.f64()),
  204: number(reader => reader.u8()),
  205: number(reader => reader.u16()),
  206: number(reader => reader.u32()),
  207: number(reader => reader.u64()),
  208: number(reader => reader.i8()),
  209: number(reader => reader.i16()),
  210: number(reader => reader.i32()),
  211: number(reader => reader.i64()),
  212: (reader, lines) => extension(reader, lines, 1),
  213: (reader, lines) => extension(reader, lines, 2),
  214: (reader, lines) => extension(reader, lines, 4),
  215: (reader, lines) => extension(reader, lines, 8),
  216: (reader, lines) => extension(reader, lines, 16),
  217: (reader, lines) => text(reader, lines, reader.u8()),
  218: (reader, lines) => text(reader, lines, reader.u16()),
  219: (reader, lines) => text(reader, lines, reader.u32()),
  220: (reader, lines, depth) => array(reader, lines, reader.u16(), depth),
  221: (reader, lines, depth) => array(reader, lines, reader.u32(), depth),
  222: (reader, lines, depth) => map(reader, lines, reader.u16(), depth),
  223: (reader, lines, depth) => map(reader, lines, reader.u32(), depth),
}

const text = (reader: BinaryReader, lines: ValueLines, length: number): void =>
  lines.scalar(JSON.stringify(reader.text(length)), 'string')

function array(reader: BinaryReader, lines: ValueLines, count: number, depth: number): void {
  if (count === 0) return lines.scalar('[]', 'word')
  lines.open('[')
  for (let i = 0; i < count; i++) {
    lines.element(i)
    readValue(reader, lines, depth + 1)
    lines.done()
  }
  lines.close(']', count)
}

function map(reader: BinaryReader, lines: ValueLines, count: number, depth: number): void {
  if (count === 0) return lines.scalar('{}', 'word')
  lines.open('{')
  for (let i = 0; i < count; i++) {
    const name = readKey(reader)
    if (name === undefined) {
      lines.lead('key')
      readValue(reader, lines, depth + 1)
      lines.member('value', i)
    } else lines.member(name, i)
    readValue(reader, lines, depth + 1)
    lines.done()
  }
  lines.close('}', count)
}

/** A key that is a short text or number stands before its value; any other has a line of its own. */
function readKey(reader: BinaryReader): string | undefined {
  const type = reader.peek() ?? 0
  if (type < 0x80) return String(reader.u8())
  if (type >= 0xe0) return String(reader.u8() - 0x100)
  if (type >= 0xa0 && type < 0xc0) return JSON.stringify(reader.text(reader.u8() & 0x1f))
  if (type !== 0xd9) return undefined
  reader.u8()
  return JSON.stringify(reader.text(reader.u8()))
}

const timestamp = -1

function extension(reader: BinaryReader, lines: ValueLines, length: number): void {
  const type = reader.i8()
  const bytes = reader.bytes(length)
  const at = type === timestamp ? timeOf(bytes) : undefined
  if (at === undefined) return lines.scalar(`ext ${type} ${hexWords(bytes)}`, 'string')
  lines.scalar(at, 'string')
}

/** The extension type -1 in its three lengths: seconds; nanoseconds and seconds in 30 and 34 bits; both in full. */
function timeOf(bytes: Uint8Array): string | undefined {
  const reader = new BinaryReader(bytes)
  if (bytes.length === 4) return iso(BigInt(reader.u32()), 0)
  if (bytes.length === 8) {
    const both = reader.u64()
    return iso(both & 0x3ffffffffn, Number(both >> 34n))
  }
  if (bytes.length !== 12) return undefined
  const nanoseconds = reader.u32()
  return iso(reader.i64(), nanoseconds)
}

function iso(seconds: bigint, nanoseconds: number): string | undefined {
  const ms = Number(seconds) * 1000
  if (Math.abs(ms) > 8.64e15 || nanoseconds > 999_999_999) return undefined
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  return `timestamp ${new Date(ms).toISOString().slice(0, -5)}${fraction}Z`
}
