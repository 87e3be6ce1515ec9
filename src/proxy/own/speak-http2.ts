import http2, { type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import type { Duplex } from 'node:stream'
import { PassThrough, pipeline, Readable } from 'node:stream'
import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import { problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { untilGivenUp } from './giving-up.ts'
import { headInHttp2 } from './own-heads.ts'
import type { OwnAnswer, Said, Speak } from './own-request.ts'

const mostInterim = 100

/** Sends a request on an HTTP/2 connection of its own, its fields in their order, and reads the answer; both end with it. */
export const speakHttp2: Speak = said => {
  const { stream, body, trailers } = said
  const head = withLength(headInHttp2(said), said)
  return new Promise((resolve, reject) => {
    let begun = false
    const fail = (error: Error): void => {
      if (begun) return // whoever reads the body is told
      reject(new ProblemError(problemOf('http/no-answer', { detail: error.message })))
      session.destroy()
      stream.destroy()
    }
    const session = openSession(head, stream, fail)
    const withBody = !(body instanceof Uint8Array) || body.length > 0 || (trailers?.length ?? 0) > 0
    let request: ClientHttp2Stream
    try {
      request = session.request(head.headers.flat(), {
        endStream: !withBody,
        waitForTrailers: (trailers?.length ?? 0) > 0,
      })
    } catch (error) {
      return fail(error as Error)
    }
    request.once('close', () => fail(new Error('its stream was closed without an answer')))
    request.on('error', fail)
    request.once('wantTrailers', () => request.sendTrailers(Object.fromEntries(trailers ?? [])))
    if (withBody) pipeline(Readable.from(body instanceof Uint8Array ? [body] : body), request, () => {})
    request.once('close', () => session.close())
    listen(request, head, answer => {
      begun = true
      resolve(answer)
    })
  })
}

function openSession(head: RequestHead, stream: Duplex, fail: (error: Error) => void): ClientHttp2Session {
  const session = http2.connect(`${head.scheme}://${head.authority || 'localhost'}`, {
    createConnection: () => stream,
    settings: { enablePush: false },
  })
  session.on('error', fail)
  session.once('close', () => stream.destroy())
  return session
}

type Resolve = (answer: Omit<OwnAnswer, 'connection'>) => void

function listen(request: ClientHttp2Stream, head: RequestHead, resolve: Resolve): void {
  const informational: ResponseHead[] = []
  let trailers: readonly Header[] | undefined
  request.on('headers', (_headers, _flags, raw: string[]) => {
    if (informational.length < mostInterim) informational.push(responseHead(raw))
  })
  request.on('trailers', (_headers, _flags, raw: string[]) => {
    trailers = pairsOf(raw)
  })
  request.once('response', (_headers, _flags, raw: string[]) => {
    const body = new PassThrough() // Node drops what nobody has read when the stream is closed
    pipeline(request, body, () => {})
    const answer = {
      request: head,
      informational,
      head: responseHead(raw),
      body: untilGivenUp(request, bodyOf(request, body)),
    }
    resolve({ ...answer, trailers: () => trailers })
  })
}

async function* bodyOf(request: ClientHttp2Stream, body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw broken((error as Error).message)
  }
  if (request.writableFinished && !request.closed) await new Promise<void>(resolve => request.once('close', resolve))
  if (request.aborted || (request.rstCode ?? 0) !== 0) throw broken(`its stream was reset (code ${request.rstCode})`)
}

const broken = (detail: string): ProblemError => new ProblemError(problemOf('own/broken-answer', { detail }))

/** What its head says of the length of a body that is known. */
function withLength(head: RequestHead, { body }: Said): RequestHead {
  if (!(body instanceof Uint8Array)) return head
  const length = String(body.length)
  const headers = head.headers.map(
    (field): Header => (field[0].toLowerCase() === 'content-length' ? [field[0], length] : field),
  )
  return { ...head, headers }
}

function pairsOf(raw: readonly string[]): readonly Header[] {
  return Array.from({ length: raw.length >> 1 }, (_, at): Header => [raw[at * 2]!, raw[at * 2 + 1]!])
}

function responseHead(raw: readonly string[]): ResponseHead {
  const headers = pairsOf(raw)
  const status = Number(headers.find(([name]) => name === ':status')?.[1])
  return { status, reason: '', version: 'HTTP/2', headers }
}
