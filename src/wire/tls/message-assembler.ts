import { u24 } from '../bytes.ts'

/** A piece of a protocol inside the record layer, in clear. */
export interface Content {
  /** 20 change_cipher_spec, 21 alert, 22 handshake */
  readonly type: number
  readonly bytes: Uint8Array
  /** ms since the epoch */
  readonly at: number
  /** Index of its record. */
  readonly record: number
  readonly encrypted: boolean
}

export interface AssembledMessage {
  readonly contentType: number
  /** The whole message, header included. */
  readonly bytes: Uint8Array
  readonly at: number
  readonly records: readonly number[]
  readonly encrypted: boolean
}

const changeCipherSpec = 20
const alert = 21
const handshake = 22
const headerLength = 4
const alertLength = 2
const maxMessage = 1 << 20 // far above any chain or ticket that is met; the format would allow 16 MiB

/**
 * Cuts one direction's record contents into messages (RFC 8446 5.1): a message may span records, and a record may hold
 * several. Work is linear in the bytes: pieces are joined once, when a message is whole.
 */
export class MessageAssembler {
  #pieces: Content[] = []
  #size = 0
  #type = handshake
  #stopped = false
  #problem: string | undefined

  /** The messages that `content` completes. */
  push(content: Content): AssembledMessage[] {
    if (content.type === changeCipherSpec)
      return [
        {
          contentType: changeCipherSpec,
          bytes: content.bytes,
          at: content.at,
          records: [content.record],
          encrypted: content.encrypted,
        },
      ]
    if (this.#stopped || content.bytes.length === 0) return []
    if (content.type !== alert && content.type !== handshake) return []
    if (this.#size > 0 && this.#type !== content.type) {
      this.#problem = `a ${this.#type === alert ? 'alert' : 'handshake'} message is interrupted by content type ${content.type} after ${this.#size} bytes`
      this.#drop()
    }
    this.#type = content.type
    this.#pieces.push(content)
    this.#size += content.bytes.length
    return this.#complete()
  }

  /** The sentence about bytes that are no message; reading it clears it. */
  takeProblem(): string | undefined {
    const problem = this.#problem
    this.#problem = undefined
    return problem
  }

  /** What is still missing at the end, as a sentence. */
  unfinished(): string | undefined {
    if (this.#size === 0) return undefined
    const needed = this.#needed()
    const what = this.#type === alert ? 'an alert' : 'a handshake message'
    return `${what} is cut after ${this.#size} of ${needed ?? 'at least 4'} bytes`
  }

  #complete(): AssembledMessage[] {
    const messages: AssembledMessage[] = []
    const needed = this.#needed()
    if (needed === undefined || needed > this.#size) return messages
    const first = this.#pieces[0]!
    const last = this.#pieces.at(-1)!
    const joined = this.#pieces.length === 1 ? first.bytes : Buffer.concat(this.#pieces.map(piece => piece.bytes))
    const ends = endsOf(this.#pieces)
    let start = 0
    let piece = 0
    for (;;) {
      const length = lengthOf(joined, start, this.#type)
      if (length === undefined || this.#refuses(length) || start + length > joined.length) break
      const records: number[] = []
      while (ends[piece]! <= start) piece++
      for (let i = piece; i < this.#pieces.length && (i === piece || ends[i - 1]! < start + length); i++)
        records.push(this.#pieces[i]!.record)
      const bytes = joined.subarray(start, start + length)
      const encrypted = this.#pieces[piece]!.encrypted
      messages.push({ contentType: this.#type, bytes, at: last.at, records, encrypted })
      start += length
    }
    // Every piece but the last belongs to the messages that were complete, so what is left came with the last.
    const left = this.#stopped ? new Uint8Array(0) : joined.subarray(start)
    this.#drop()
    if (left.length > 0) this.#pieces = [{ ...last, bytes: left }]
    this.#size = left.length
    return messages
  }

  /** How long the message at the start is, once its header is here. */
  #needed(): number | undefined {
    const header = new Uint8Array(headerLength)
    let filled = 0
    for (const { bytes } of this.#pieces) {
      const part = bytes.subarray(0, headerLength - filled)
      header.set(part, filled)
      filled += part.length
      if (filled === headerLength) break
    }
    const length = lengthOf(header.subarray(0, filled), 0, this.#type)
    return length !== undefined && this.#refuses(length) ? undefined : length
  }

  #refuses(length: number): boolean {
    if (length <= maxMessage) return false
    this.#problem = `a handshake message claims ${length} bytes, more than ${maxMessage}; the rest of this direction is not read`
    this.#stopped = true
    this.#drop()
    return true
  }

  #drop(): void {
    this.#pieces = []
    this.#size = 0
  }
}

function lengthOf(bytes: Uint8Array, start: number, type: number): number | undefined {
  if (type === alert) return alertLength
  if (bytes.length - start < headerLength) return undefined
  return headerLength + u24(bytes, start + 1)
}

function endsOf(pieces: readonly Content[]): number[] {
  let end = 0
  return pieces.map(piece => {
    end += piece.bytes.length
    return end
  })
}
