import { BinaryReader } from '../../formats/binary-reader.ts'
import { readCbor } from '../../formats/cbor.ts'
import { readMsgpack } from '../../formats/msgpack.ts'
import type { Scalar, ValueSink } from '../../formats/value-sink.ts'
import { MalformedError } from '../../wire/reader.ts'
import { type BodyLine, type BodySpan, note, Outline } from './outline.ts'
import { isCut, mostTextBytes, type Render, type RenderContext, type RenderInput } from './renderer.ts'

/** CBOR (RFC 8949), also as a sequence (RFC 8742): a tree in the words of diagnostic notation. */
export const renderCbor: Render = (input, context) => renderValues('CBOR', input, context, readCbor)

/** MessagePack: one value after the other as a tree. */
export const renderMsgpack: Render = (input, context) => renderValues('MessagePack', input, context, readMsgpack)

/** Reads one value into the sink; throws MalformedError where the bytes do not follow the format. */
export type ReadValue = (reader: BinaryReader, sink: ValueSink) => void

/**
 * Values of a binary format one after the other, as far as they go; a first line says where they stop. Undefined where
 * not even the first can be read.
 */
export function renderValues(
  format: string,
  input: RenderInput,
  { maxLines }: RenderContext,
  read: ReadValue,
): readonly BodyLine[] | undefined {
  const reader = new BinaryReader(input.bytes.subarray(0, mostTextBytes))
  const outline = new Outline(maxLines)
  const lines = new ValueLines(outline)
  let values = 0
  try {
    for (; reader.left > 0; values++) read(reader, lines)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    if (isCut(input)) return outline.finish()
    return values === 0 && reader.at < 2
      ? undefined
      : [note(`not ${format}: ${error.message}`, 'bad'), ...outline.finish()]
  }
  return values > 0 ? outline.finish() : undefined
}

/** Writes values as an outline, in the words of JSON where JSON has them. */
export class ValueLines implements ValueSink {
  readonly outline: Outline
  #lead: readonly BodySpan[] = []
  readonly #paths: string[] = ['$']

  constructor(outline: Outline) {
    this.outline = outline
  }

  member(key: Scalar | undefined, index: number): void {
    const name = key ? wordsOf(key) : 'value'
    this.#lead = [{ text: cut(name), tone: 'name' }, { text: ': ' }]
    this.#paths.push(name.length > 80 ? `{${index}}` : `[${name}]`)
  }

  element(index: number): void {
    this.#paths.push(`[${index}]`)
  }

  done(): void {
    this.#paths.pop()
  }

  lead(text: string): void {
    this.#lead = [...this.#lead, { text: `${text} `, tone: 'dim' }]
  }

  scalar(value: Scalar): void {
    const tone = value.type === 'number' || value.type === 'word' ? value.type : 'string'
    this.outline.line([...this.#lead, { text: wordsOf(value), tone }], this.#path())
    this.#lead = []
  }

  open(bracket: '{' | '['): void {
    this.outline.open([...this.#lead, { text: bracket }], this.#path())
    this.#lead = []
  }

  close(bracket: '}' | ']', count: number): void {
    this.outline.close(bracket, ` … ${count} ${bracket}`)
  }

  #path(): string | undefined {
    return this.#paths.length > 32 ? undefined : this.#paths.join('')
  }
}

const longestName = 500

const cut = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName)}…` : name)

function wordsOf(value: Scalar): string {
  if (value.type === 'bytes')
    return value.extension === undefined ? hexWords(value.bytes) : `ext ${value.extension} ${hexWords(value.bytes)}`
  if (value.type === 'text') return JSON.stringify(value.text)
  return value.type === 'time' ? `timestamp ${value.text}` : value.text
}

const mostBytes = 32

/** `h'0102…' (300 bytes)`, as CBOR's diagnostic notation writes bytes. */
function hexWords(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, mostBytes)).toString('hex')
  return bytes.length > mostBytes ? `h'${hex}…' (${bytes.length} bytes)` : `h'${hex}'`
}
