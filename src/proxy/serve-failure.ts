import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import http2 from 'node:http2'
import type { Duplex } from 'node:stream'
import type { Problem } from '../problem/problem.ts'
import { failurePage } from './failure-page.ts'

/** Answers every request on a client's stream with the page, and ends it after the first; `served` is told of each. */
export function serveFailure(stream: Duplex, alpn: string | undefined, problem: Problem, served?: () => void): void {
  const answer = (request: IncomingMessage | http2.Http2ServerRequest, response: ServerResponse): void => {
    served?.()
    const { status, contentType, body } = failurePage(problem, String(request.headers.accept ?? ''))
    response.statusCode = status
    response.setHeader('content-type', contentType)
    response.setHeader('content-length', Buffer.byteLength(body))
    if (alpn !== 'h2') response.setHeader('connection', 'close')
    response.end(body)
  }
  const server =
    alpn === 'h2'
      ? http2.createServer((request, response) => {
          const { session } = response.stream // gone from the stream once that has closed
          answer(request, response as never)
          response.stream.once('close', () => session?.close())
        })
      : http.createServer({ requestTimeout: 0 }, answer)
  server.on('clientError', (_error: Error, socket: Duplex) => socket.destroy())
  server.emit('connection', stream)
}
