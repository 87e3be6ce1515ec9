import { BinaryReader } from '../../src/formats/binary-reader.ts'
import type { Scalar, ValueSink } from '../../src/formats/value-sink.ts'
import { MalformedError } from '../../src/wire/reader.ts'

type Read = (reader: BinaryReader, sink: ValueSink) => void

/** Values on one line, as RFC 8949 writes them in its appendix A. */
class Notation implements ValueSink {
  text = ''
  #more = false

  scalar = (value: Scalar): void => this.#write(wordsOf(value))
  open = (bracket: string): void => this.#write(bracket)
  lead = (text: string): void => this.#write(`${text} `)
  element = (): void => {}
  member = (key: Scalar | undefined): void => this.#write(`${key ? wordsOf(key) : ''}: `)

  done(): void {
    this.#more = true
  }

  close(bracket: string): void {
    this.#more = false
    this.#write(bracket)
  }

  #write(text: string): void {
    this.text += this.#more ? `, ${text}` : text
    this.#more = false
  }
}

function wordsOf(value: Scalar): string {
  if (value.type === 'text') return JSON.stringify(value.text)
  if (value.type !== 'bytes') return value.text
  const hex = `h'${Buffer.from(value.bytes).toString('hex')}'`
  return value.extension === undefined ? hex : `ext ${value.extension} ${hex}`
}

export const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The first value of the bytes. */
export function notation(read: Read, bytes: Uint8Array): string {
  const sink = new Notation()
  read(new BinaryReader(bytes), sink)
  return sink.text
}

/** Reads every beginning of the bytes, and the bytes with each byte changed: nothing but MalformedError is thrown. */
export function damage(read: Read, bytes: Uint8Array): void {
  const see = (damaged: Uint8Array): void => {
    try {
      notation(read, damaged)
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
    }
  }
  for (let at = 0; at < bytes.length; at++) {
    see(bytes.subarray(0, at))
    for (let value = 0; value < 256; value++) see(Uint8Array.from(bytes).fill(value, at, at + 1))
  }
}
