import {
  findType,
  type ProtoFieldType,
  type ProtoMessageType,
  type ProtoSchema,
} from '../../formats/protobuf/proto-schema.ts'
import { scalarText, splitPacked } from '../../formats/protobuf/scalars.ts'
import {
  guess,
  type ProtoField,
  type ProtoValue,
  readMessage,
  readPackedVarints,
  signed,
  zigzag,
} from '../../formats/protobuf/wire-tree.ts'
import type { BodySpan, Outline } from './outline.ts'

const deepest = 32
const mostText = 4096
const mostHex = 64

/** Adds a message's fields to an outline: with names where a type is given and fits, as good guesses where not. */
export function protoLines(
  outline: Outline,
  fields: readonly ProtoField[],
  schema: ProtoSchema,
  type: ProtoMessageType | undefined,
  depth = 0,
): void {
  for (const { number, value } of fields) {
    if (outline.full) outline.line('')
    else fieldLines(outline, label(number, type?.fields.get(number)), value, schema, type?.fields.get(number), depth)
  }
}

const label = (number: number, known: ProtoFieldType | undefined): BodySpan[] =>
  known
    ? [
        { text: known.name, tone: 'name' },
        { text: ` ${number}: `, tone: 'dim' },
      ]
    : [{ text: `${number}: `, tone: 'name' }]

function fieldLines(
  outline: Outline,
  name: readonly BodySpan[],
  value: ProtoValue,
  schema: ProtoSchema,
  known: ProtoFieldType | undefined,
  depth: number,
): void {
  const inner = (fields: readonly ProtoField[], type?: ProtoMessageType): void => {
    outline.open([...name, { text: type ? `${type.name} {` : '{', tone: 'dim' }])
    if (depth < deepest) protoLines(outline, fields, schema, type, depth + 1)
    else outline.line([{ text: '… nested too deeply', tone: 'dim' }])
    outline.close('}')
  }
  const type = known && findType(schema.messages, known.type, known.scope)
  if (value.wire === 'group') return inner(value.fields, type)
  if (type && value.wire === 'bytes') {
    const fields = readMessage(value.bytes)
    if (fields) return inner(fields, type)
  }
  const said = known && !type ? knownText(value, schema, known) : undefined
  if (said) return outline.line([...name, said])
  if (value.wire !== 'bytes') return outline.line([...name, ...guessedNumber(value)])
  const guessed = guess(value.bytes)
  if (guessed.as === 'message') return inner(guessed.fields)
  if (guessed.as === 'string') return outline.line([...name, stringSpan(guessed.text)])
  return outline.line([...name, ...bytesSpans(value.bytes)])
}

/** The value as its type says; undefined where the bytes are not of that type. */
function knownText(value: ProtoValue, schema: ProtoSchema, known: ProtoFieldType): BodySpan | undefined {
  const names = findType(schema.enums, known.type, known.scope)
  const one = (each: ProtoValue): string | undefined => {
    if (!names) return scalarText(known.type, each)
    return each.wire === 'varint' ? (names.get(Number(signed(each.value))) ?? String(signed(each.value))) : undefined
  }
  const packed =
    value.wire === 'bytes' && known.repeated ? splitPacked(names ? 'enum' : known.type, value.bytes) : undefined
  const texts = packed ? packed.map(one) : [one(value)]
  if (texts.some(text => text === undefined)) return undefined
  const text = packed ? `[${texts.join(', ')}]` : texts[0]!
  if (known.type === 'string' && !packed) return stringSpan(text)
  return { text: text.slice(0, mostText), tone: names || known.type === 'bool' ? 'word' : 'number' }
}

const stringSpan = (text: string): BodySpan => {
  const quoted = JSON.stringify(text.slice(0, mostText))
  return { text: text.length > mostText ? `${quoted}… ${text.length} characters` : quoted, tone: 'string' }
}

function guessedNumber(value: Exclude<ProtoValue, { wire: 'bytes' | 'group' }>): BodySpan[] {
  if (value.wire === 'varint') {
    const number = signed(value.value)
    const other = value.value > 1n ? `  or sint ${zigzag(value.value)}` : ''
    return [
      { text: String(number), tone: 'number' },
      { text: other, tone: 'dim' },
    ]
  }
  const wide = value.wire === 'fixed64'
  const real = scalarText(wide ? 'double' : 'float', value)!
  const whole = scalarText(wide ? 'sfixed64' : 'sfixed32', value)!
  return [
    { text: real, tone: 'number' },
    { text: `  or ${whole}, ${wide ? '64' : '32'} bits`, tone: 'dim' },
  ]
}

function bytesSpans(bytes: Uint8Array): BodySpan[] {
  const hex = Buffer.from(bytes.subarray(0, mostHex)).toString('hex')
  const more = bytes.length > mostHex ? '…' : ''
  const packed = bytes.length <= mostHex ? readPackedVarints(bytes) : undefined
  const numbers = packed && packed.length > 1 ? `  or [${packed.map(signed).join(', ')}]` : ''
  return [{ text: hex + more }, { text: `  ${bytes.length} B${numbers}`, tone: 'dim' }]
}
