import { MalformedError } from '../wire/reader.ts'
import { BinaryReader } from './binary-reader.ts'
import { bytes, deepest, number, type Scalar, text, type ValueSink, word } from './value-sink.ts'

/** Reads one value of MessagePack. Throws MalformedError. */
export function readMsgpack(reader: BinaryReader, sink: ValueSink, depth = 0): void {
  if (depth > deepest) throw new MalformedError(reader.at, `more than ${deepest} levels`)
  const at = reader.at
  const type = reader.u8()
  if (type < 0x80) return sink.scalar(number(String(type)))
  if (type < 0x90) return map(reader, sink, type & 0x0f, depth)
  if (type < 0xa0) return array(reader, sink, type & 0x0f, depth)
  if (type < 0xc0) return sink.scalar(text(reader.text(type & 0x1f)))
  if (type >= 0xe0) return sink.scalar(number(String(type - 0x100)))
  const read = longTypes[type]
  if (!read) throw new MalformedError(at, 'the byte c1 is never used')
  read(reader, sink, depth)
}

type ReadLong = (reader: BinaryReader, sink: ValueSink, depth: number) => void

const scalar =
  (read: (reader: BinaryReader) => Scalar): ReadLong =>
  (reader, sink) =>
    sink.scalar(read(reader))
const numeric = (read: (reader: BinaryReader) => number | bigint): ReadLong => scalar(reader => shown(read(reader)))
const shown = (value: number | bigint): Scalar => number(Object.is(value, -0) ? '-0' : String(value))

const longTypes: Readonly<Record<number, ReadLong>> = {
  192: scalar(() => word('null')),
  194: scalar(() => word('false')),
  195: scalar(() => word('true')),
  196: scalar(reader => bytes(reader.bytes(reader.u8()))),
  197: scalar(reader => bytes(reader.bytes(reader.u16()))),
  198: scalar(reader => bytes(reader.bytes(reader.u32()))),
  199: scalar(reader => extension(reader, reader.u8())),
  200: scalar(reader => extension(reader, reader.u16())),
  201: scalar(reader => extension(reader, reader.u32())),
  202: numeric(reader => reader.f32()),
  203: numeric(reader => reader.f64()),
  204: numeric(reader => reader.u8()),
  205: numeric(reader => reader.u16()),
  206: numeric(reader => reader.u32()),
  207: numeric(reader => reader.u64()),
  208: numeric(reader => reader.i8()),
  209: numeric(reader => reader.i16()),
  210: numeric(reader => reader.i32()),
  211: numeric(reader => reader.i64()),
  212: scalar(reader => extension(reader, 1)),
  213: scalar(reader => extension(reader, 2)),
  214: scalar(reader => extension(reader, 4)),
  215: scalar(reader => extension(reader, 8)),
  216: scalar(reader => extension(reader, 16)),
  217: scalar(reader => text(reader.text(reader.u8()))),
  218: scalar(reader => text(reader.text(reader.u16()))),
  219: scalar(reader => text(reader.text(reader.u32()))),
  220: (reader, sink, depth) => array(reader, sink, reader.u16(), depth),
  221: (reader, sink, depth) => array(reader, sink, reader.u32(), depth),
  222: (reader, sink, depth) => map(reader, sink, reader.u16(), depth),
  223: (reader, sink, depth) => map(reader, sink, reader.u32(), depth),
}

function array(reader: BinaryReader, sink: ValueSink, count: number, depth: number): void {
  if (count === 0) return sink.scalar(word('[]'))
  sink.open('[')
  for (let i = 0; i < count; i++) {
    sink.element(i)
    readMsgpack(reader, sink, depth + 1)
    sink.done()
  }
  sink.close(']', count)
}

function map(reader: BinaryReader, sink: ValueSink, count: number, depth: number): void {
  if (count === 0) return sink.scalar(word('{}'))
  sink.open('{')
  for (let i = 0; i < count; i++) {
    const key = readKey(reader)
    if (!key) {
      sink.lead('key')
      readMsgpack(reader, sink, depth + 1)
    }
    sink.member(key, i)
    readMsgpack(reader, sink, depth + 1)
    sink.done()
  }
  sink.close('}', count)
}

/** A key that is a short text or number stands before its value; any other has a line of its own. */
function readKey(reader: BinaryReader): Scalar | undefined {
  const type = reader.peek() ?? 0
  if (type < 0x80) return number(String(reader.u8()))
  if (type >= 0xe0) return number(String(reader.u8() - 0x100))
  if (type >= 0xa0 && type < 0xc0) return text(reader.text(reader.u8() & 0x1f))
  if (type !== 0xd9) return undefined
  reader.u8()
  return text(reader.text(reader.u8()))
}

const timestamp = -1

function extension(reader: BinaryReader, length: number): Scalar {
  const type = reader.i8()
  const content = reader.bytes(length)
  const at = type === timestamp ? timeOf(content) : undefined
  return at === undefined ? { type: 'bytes', bytes: content, extension: type } : { type: 'time', text: at }
}

/** The extension type -1 in its three lengths: seconds; nanoseconds and seconds in 30 and 34 bits; both in full. */
function timeOf(content: Uint8Array): string | undefined {
  const reader = new BinaryReader(content)
  if (content.length === 4) return iso(BigInt(reader.u32()), 0)
  if (content.length === 8) {
    const both = reader.u64()
    return iso(both & 0x3ffffffffn, Number(both >> 34n))
  }
  if (content.length !== 12) return undefined
  const nanoseconds = reader.u32()
  return iso(reader.i64(), nanoseconds)
}

function iso(seconds: bigint, nanoseconds: number): string | undefined {
  const ms = Number(seconds) * 1000
  if (Math.abs(ms) > 8.64e15 || nanoseconds > 999_999_999) return undefined
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  return `${new Date(ms).toISOString().slice(0, -5)}${fraction}Z`
}
