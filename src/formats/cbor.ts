import { MalformedError } from '../wire/reader.ts'
import type { BinaryReader } from './binary-reader.ts'
import { bytes, deepest, number, type Scalar, text, type ValueSink, word } from './value-sink.ts'

/** The head of an item (RFC 8949 3): major type, additional information, and the argument. */
interface Head {
  readonly major: number
  readonly info: number
  /** Undefined for an indefinite length. */
  readonly argument: bigint | undefined
}

const indefinite = 31
const isBreak = ({ major, info }: Head): boolean => major === 7 && info === indefinite

function readHead(reader: BinaryReader): Head {
  const at = reader.at
  const initial = reader.u8()
  const [major, info] = [initial >> 5, initial & 0x1f]
  if (info < 24) return { major, info, argument: BigInt(info) }
  if (info === 24) return { major, info, argument: BigInt(reader.u8()) }
  if (info === 25) return { major, info, argument: BigInt(reader.u16()) }
  if (info === 26) return { major, info, argument: BigInt(reader.u32()) }
  if (info === 27) return { major, info, argument: reader.u64() }
  if (info < indefinite || major < 2 || major === 6) throw new MalformedError(at, `additional information ${info}`)
  return { major, info, argument: undefined }
}

/** Reads one item of CBOR (RFC 8949), in the words of its diagnostic notation. Throws MalformedError. */
export function readCbor(reader: BinaryReader, sink: ValueSink, depth = 0, head = readHead(reader)): void {
  if (depth > deepest) throw new MalformedError(reader.at, `more than ${deepest} levels`)
  const { major, argument } = head
  if (isBreak(head)) throw new MalformedError(reader.at, 'a break outside of an indefinite length')
  if (major === 4 || major === 5) return readContainer(reader, sink, depth, major === 5, argument)
  if (major === 6) {
    sink.lead(tagName(argument!))
    return readCbor(reader, sink, depth + 1)
  }
  sink.scalar(readScalar(reader, head))
}

function readScalar(reader: BinaryReader, { major, info, argument }: Head): Scalar {
  switch (major) {
    case 0:
      return number(String(argument))
    case 1:
      return number(String(-1n - argument!))
    case 2:
      return bytes(readString(reader, major, argument))
    case 3:
      return text(new TextDecoder().decode(readString(reader, major, argument)))
    default:
      return simple(info, argument!)
  }
}

/** Bytes or text; of indefinite length in chunks of definite length. */
function readString(reader: BinaryReader, major: number, length: bigint | undefined): Uint8Array {
  if (length !== undefined) return reader.bytes(Number(length))
  const chunks: Uint8Array[] = []
  for (let head = readHead(reader); !isBreak(head); head = readHead(reader)) {
    if (head.major !== major || head.argument === undefined)
      throw new MalformedError(reader.at, 'a chunk of another type')
    chunks.push(reader.bytes(Number(head.argument)))
  }
  return Buffer.concat(chunks)
}

function readContainer(
  reader: BinaryReader,
  sink: ValueSink,
  depth: number,
  isMap: boolean,
  length: bigint | undefined,
): void {
  const [open, close] = isMap ? (['{', '}'] as const) : (['[', ']'] as const)
  if (length === undefined) sink.lead('_')
  if (length === 0n) return sink.scalar(word(open + close))
  sink.open(open)
  let count = 0
  for (; length === undefined || count < length; count++) {
    const head = readHead(reader)
    if (length === undefined && isBreak(head)) break
    if (isMap) readMember(reader, sink, depth, head, count)
    else {
      sink.element(count)
      readCbor(reader, sink, depth + 1, head)
    }
    sink.done()
  }
  sink.close(close, count)
}

/** A key that is no container and no tag stands before its value; any other has a line of its own. */
function readMember(reader: BinaryReader, sink: ValueSink, depth: number, head: Head, index: number): void {
  if (head.major < 4 || (head.major === 7 && !isBreak(head))) sink.member(readScalar(reader, head), index)
  else {
    sink.lead('key')
    readCbor(reader, sink, depth + 1, head)
    sink.member(undefined, index)
  }
  readCbor(reader, sink, depth + 1)
}

const simpleWords: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' }

function simple(info: number, argument: bigint): Scalar {
  if (info === 25) return float(half(Number(argument)))
  const bits = new DataView(new ArrayBuffer(8))
  if (info === 26) {
    bits.setUint32(0, Number(argument))
    return float(bits.getFloat32(0))
  }
  if (info === 27) {
    bits.setBigUint64(0, argument)
    return float(bits.getFloat64(0))
  }
  return word(simpleWords[Number(argument)] ?? `simple(${argument})`)
}

/** IEEE 754 binary16 (RFC 8949 appendix D). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** A float without a fraction keeps a point, to be told from an integer. */
function float(value: number): Scalar {
  if (Object.is(value, -0)) return number('-0.0')
  return number(Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value))
}

const tagNames: Readonly<Record<string, string>> = {
  0: 'date and time',
  1: 'seconds since 1970',
  2: 'unsigned bignum',
  3: 'negative bignum',
  4: 'decimal fraction',
  5: 'bigfloat',
  16: 'COSE_Encrypt0',
  17: 'COSE_Mac0',
  18: 'COSE_Sign1',
  21: 'expected base64url',
  22: 'expected base64',
  23: 'expected base16',
  24: 'encoded CBOR',
  32: 'URI',
  33: 'base64url',
  34: 'base64',
  36: 'MIME message',
  37: 'UUID',
  61: 'CWT',
  96: 'COSE_Encrypt',
  97: 'COSE_Mac',
  98: 'COSE_Sign',
  258: 'set',
  55799: 'self-described CBOR',
}

const tagName = (tag: bigint): string => {
  const name = tagNames[String(tag)]
  return name === undefined ? `tag ${tag}` : `tag ${tag} (${name})`
}
