import { Agent, request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'
import { ClientFailure } from './client-failure.ts'
import { type Ask, http1Headers, methodOf, pairs, pathOf, type Reply } from './client-reply.ts'

/** An agent that keeps to one socket that is already open. */
export class OneSocketAgent extends Agent {
  readonly #socket: Socket
  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 })
    this.#socket = socket
  }
  override createConnection(): Socket {
    return this.#socket
  }
}

const maxHeaderSize = 8 * 1024 * 1024 // bytes

/** Sends one HTTP/1.1 request and fills the reply; rejects when the response does not arrive whole. */
export function askHttp1(agent: OneSocketAgent, ask: Ask, absolute: boolean, reply: Reply): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new ClientFailure('CLOSED', 'closed before the response was whole'))
    const request = httpRequest({
      agent,
      method: methodOf(ask),
      path: absolute ? `${ask.url.origin}${pathOf(ask.url)}` : pathOf(ask.url),
      headers: http1Headers(ask).flat(),
      maxHeaderSize,
      insecureHTTPParser: true, // what a server gets wrong is for the recorder to tell
    })
    request.on('error', reject)
    request.once('close', closed)
    request.once('response', response => {
      reply.head(response.statusCode ?? 0, response.rawHeaders)
      response.on('data', (bytes: Buffer) => reply.chunk(bytes))
      response.on('error', reject)
      response.once('end', () => {
        reply.trailers = pairs(response.rawTrailers)
        reply.whole = response.complete
        if (reply.whole) resolve()
        else closed()
      })
    })
    request.end(ask.body)
  })
}
