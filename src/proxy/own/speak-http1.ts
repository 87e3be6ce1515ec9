import { Readable } from 'node:stream'
import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import { problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { type Framing, hasToken, responseFraming } from '../../wire/http1/framing.ts'
import { MessageReader, type MessageSink } from '../../wire/http1/message-reader.ts'
import { readResponseHead } from '../../wire/http1/start-line.ts'
import { untilGivenUp } from './giving-up.ts'
import { headInHttp1 } from './own-heads.ts'
import type { OwnAnswer, Said, Speak } from './own-request.ts'

const mostInterim = 100

/** Sends a request in HTTP/1.1, byte by byte as its head stands, and reads the answer; the stream ends with it. */
export const speakHttp1: Speak = said => {
  const { stream } = said
  const framed = withFraming(headInHttp1(said), said)
  return new Promise((resolve, reject) => {
    const answer = new AnswerReader(framed.head, stream, resolve, reject)
    stream.on('data', (chunk: Buffer) => answer.push(chunk))
    stream.once('end', () => answer.end())
    stream.once('close', () => answer.end())
    send(said, framed).catch((error: Error) => answer.fail(error.message))
  })
}

interface Framed {
  readonly head: RequestHead
  readonly chunked: boolean
}

/** A body gets a length that is right, or is sent in chunks where the head says so or nobody knows its length. */
function withFraming(head: RequestHead, { body, trailers }: Said): Framed {
  const coding = head.headers.find(([name]) => name.toLowerCase() === 'transfer-encoding')?.[1]
  if (coding !== undefined && hasToken(coding, 'chunked')) return { head, chunked: true }
  if (trailers?.length || !(body instanceof Uint8Array))
    return { head: withFields(head, [['Transfer-Encoding', 'chunked']]), chunked: true }
  const told = head.headers.filter(([name]) => name.toLowerCase() === 'content-length')
  const length = String(body.length)
  if (told.length === 0 ? body.length === 0 : told.every(([, value]) => value === length))
    return { head, chunked: false }
  if (told.length === 1) {
    const { raw: _, ...rest } = head
    const headers = head.headers.map((field): Header => (field === told[0] ? [field[0], length] : field))
    return { head: { ...rest, headers }, chunked: false }
  }
  return { head: withFields(head, [['Content-Length', length]]), chunked: false }
}

function withFields({ raw: _, ...head }: RequestHead, fields: readonly Header[]): RequestHead {
  const kept = head.headers.filter(([name]) => name.toLowerCase() !== 'content-length')
  return { ...head, headers: [...kept, ...fields] }
}

async function send({ stream, body, trailers }: Said, { head, chunked }: Framed): Promise<void> {
  const start = head.raw ?? `${head.method} ${head.target} ${head.version}\r\n${linesOf(head.headers)}\r\n`
  await write(stream, Buffer.from(start, 'latin1'))
  for await (const piece of body instanceof Uint8Array ? [body] : body) {
    if (piece.length === 0) continue
    if (chunked) await write(stream, Buffer.from(`${piece.length.toString(16)}\r\n`))
    await write(stream, piece)
    if (chunked) await write(stream, Buffer.from('\r\n'))
  }
  if (chunked) await write(stream, Buffer.from(`0\r\n${linesOf(trailers ?? [])}\r\n`, 'latin1'))
}

const linesOf = (fields: readonly Header[]): string => fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')

/** Waits where the server takes no more; what is written to a stream that is gone is nobody's. */
function write(stream: Said['stream'], bytes: Uint8Array): Promise<void> | void {
  if (stream.destroyed || stream.write(bytes)) return
  return new Promise(resolve => {
    stream.once('drain', resolve)
    stream.once('close', resolve)
  })
}

type Told = Omit<OwnAnswer, 'connection'>

/** The one response that is awaited. */
class AnswerReader {
  readonly #request: RequestHead
  readonly #stream: Said['stream']
  readonly #resolve: (answer: Told) => void
  readonly #reject: (error: ProblemError) => void
  readonly #reader: MessageReader
  readonly #body: Readable
  readonly #informational: ResponseHead[] = []
  #trailers: readonly Header[] | undefined
  #begun = false
  #over = false

  constructor(
    request: RequestHead,
    stream: Said['stream'],
    resolve: (answer: Told) => void,
    reject: (error: ProblemError) => void,
  ) {
    this.#request = request
    this.#stream = stream
    this.#resolve = resolve
    this.#reject = reject
    this.#body = new Readable({
      read: () => void stream.resume(),
      destroy: (error, done) => {
        stream.destroy()
        done(error)
      },
    })
    this.#body.on('error', () => {}) // whoever reads it is told
    this.#reader = new MessageReader('response', this.#sink())
  }

  push(chunk: Uint8Array): void {
    if (!this.#over) this.#reader.push(chunk)
  }

  /** The server says no more. */
  end(): void {
    if (this.#over) return
    this.#reader.finish()
    if (!this.#over) this.fail(this.#begun ? 'it ended before its answer was whole' : 'it ended without an answer')
  }

  fail(detail: string): void {
    if (this.#over) return
    this.#over = true
    const error = new ProblemError(problemOf(this.#begun ? 'own/broken-answer' : 'http/no-answer', { detail }))
    if (this.#begun) this.#body.destroy(error)
    else this.#reject(error)
    this.#stream.destroy()
  }

  #sink(): MessageSink {
    return {
      head: text => this.#head(text),
      body: bytes => {
        if (!this.#body.push(Buffer.from(bytes))) this.#stream.pause()
      },
      dropped: () => {},
      end: trailers => {
        if (!this.#begun) return // an interim response
        this.#trailers = trailers
        this.#ended()
      },
      raw: () => {},
      fault: ({ code, detail }) => {
        if (this.#reader.state === 'lost' || !this.#begun) this.fail(detail ?? code)
      },
    }
  }

  #head(text: string): Framing | undefined {
    const head = readResponseHead(text)
    if (!head) {
      this.fail('what came is no HTTP response')
      return undefined
    }
    const { status, reason, version, fields } = head
    const framing = responseFraming(head, this.#request.method)
    const told = { status, reason, version, headers: fields.headers, ...(fields.odd && { raw: text }) }
    if (framing.body === 'interim') {
      if (this.#informational.length < mostInterim) this.#informational.push(told)
      return framing
    }
    this.#begun = true
    const answer = {
      request: this.#request,
      informational: this.#informational,
      head: told,
      body: untilGivenUp(this.#body),
    }
    this.#resolve({ ...answer, trailers: () => this.#trailers })
    return framing.after === 'upgrade' ? { ...framing, after: 'close' } : framing
  }

  #ended(): void {
    this.#over = true
    this.#body.push(null)
    this.#stream.end()
  }
}
