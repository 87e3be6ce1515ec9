import type { BinaryReader } from '../../formats/binary-reader.ts'
import { MalformedError } from '../../wire/reader.ts'
import { renderValues } from './render-values.ts'
import type { Render } from './renderer.ts'
import { hexWords, type ValueLines } from './value-lines.ts'

const deepest = 100

/** CBOR (RFC 8949), also as a sequence (RFC 8742): a tree in the words of diagnostic notation. */
export const renderCbor: Render = (input, context) => renderValues('CBOR', input, context, readItem)

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

function readItem(reader: BinaryReader, lines: ValueLines, depth = 0, head = readHead(reader)): void {
  if (depth > deepest) throw new MalformedError(reader.at, `more than ${deepest} levels`)
  const { major, argument } = head
  if (isBreak(head)) throw new MalformedError(reader.at, 'a break outside of an indefinite length')
  if (major === 4 || major === 5) return readContainer(reader, lines, depth, major === 5, argument)
  if (major === 6) {
    lines.lead(tagName(argument!))
    return readItem(reader, lines, depth + 1)
  }
  const [text, tone] = readScalar(reader, head)
  lines.scalar(text, tone)
}

type Scalar = readonly [text: string, tone: 'number' | 'string' | 'word']

function readScalar(reader: BinaryReader, { major, info, argument }: Head): Scalar {
  switch (major) {
    case 0:
      return [String(argument), 'number']
    case 1:
      return [String(-1n - argument!), 'number']
    case 2:
      return [hexWords(readString(reader, major, argument)), 'string']
    case 3:
      return [JSON.stringify(new TextDecoder().decode(readString(reader, major, argument))), 'string']
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
  lines: ValueLines,
  depth: number,
  isMap: boolean,
  length: bigint | undefined,
): void {
  const [open, close] = isMap ? (['{', '}'] as const) : (['[', ']'] as const)
  if (length === undefined) lines.lead('_')
  if (length === 0n) return lines.scalar(open + close, 'word')
  lines.open(open)
  let count = 0
  for (; length === undefined || count < length; count++) {
    const head = readHead(reader)
    if (length === undefined && isBreak(head)) break
    if (isMap) readMember(reader, lines, depth, head, count)
    else {
      lines.element(count)
      readItem(reader, lines, depth + 1, head)
    }
    lines.done()
  }
  lines.close(close, count)
}

/** A key that is no container and no tag stands before its value; any other has a line of its own. */
function readMember(reader: BinaryReader, lines: ValueLines, depth: number, head: Head, index: number): void {
  if (head.major < 4 || (head.major === 7 && !isBreak(head))) lines.member(readScalar(reader, head)[0], index)
  else {
    lines.lead('key')
    readItem(reader, lines, depth + 1, head)
    lines.member('value', index)
  }
  readItem(reader, lines, depth + 1)
}

const simpleWords: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' }

function simple(info: number, argument: bigint): Scalar {
  if (info === 25) return [number(half(Number(argument))), 'number']
  const bits = new DataView(new ArrayBuffer(8))
  if (info === 26) {
    bits.setUint32(0, Number(argument))
    return [number(bits.getFloat32(0)), 'number']
  }
  if (info === 27) {
    bits.setBigUint64(0, argument)
    return [number(bits.getFloat64(0)), 'number']
  }
  return [simpleWords[Number(argument)] ?? `simple(${argument})`, 'word']
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
function number(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)
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
