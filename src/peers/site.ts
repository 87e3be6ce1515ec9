import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { makePages } from './pages.ts'

/** Answers requests of HTTP/1.1, and of HTTP/2 through Node's compatibility layer. Never throws. */
export type Site = (request: IncomingMessage, response: ServerResponse) => void

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const maxEcho = 1024 * 1024 // bytes of a request body that /echo takes
const events = ['one', 'two', 'three', 'four', 'five']

/**
 * The one site that every embedded origin serves: fixed pages, and /echo, /events, /chunked, /trailers, /slow, /whoami.
 * `firstByteAfter` ms pass before each answer.
 */
export async function makeSite(firstByteAfter = 0): Promise<Site> {
  const pages = await makePages()
  const answers: Readonly<Record<string, Answer>> = { ...dynamic, '/slow': later(300, whoami) }
  const answer: Answer = async (request, response) => {
    const path = (request.url ?? '/').replace(/^http:\/\/[^/]*/, '').split('?')[0]!
    const run = answers[path]
    if (run) return run(request, response)
    const page = pages.get(path) ?? pages.get('/missing')!
    response.writeHead(page.status, page.headers)
    response.end(request.method === 'HEAD' ? undefined : page.body)
  }
  const run = firstByteAfter > 0 ? later(firstByteAfter, answer) : answer
  return (request, response) => void run(request, response).catch(() => response.destroy())
}

const later =
  (ms: number, answer: Answer): Answer =>
  async (request, response) => {
    await wait(ms, undefined, { ref: false })
    if (!response.destroyed) await answer(request, response)
  }

/** Says back what was sent, as JSON. */
const echo: Answer = async (request, response) => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= maxEcho) chunks.push(chunk)
  }
  const { method, headers } = request
  const body = Buffer.concat(chunks).toString()
  sendJson(response, { method, contentType: headers['content-type'] ?? null, length, body })
}

/** What the server knows of its TLS connection and of the client. */
const whoami: Answer = async (request, response) => {
  const { socket } = request
  const tls = socket instanceof TLSSocket || 'getPeerCertificate' in socket ? (socket as TLSSocket) : undefined
  const clientCertificate = tls?.getPeerCertificate()?.subject?.CN ?? null
  sendJson(response, { tls: tls?.getProtocol() ?? null, alpn: tls?.alpnProtocol || null, clientCertificate })
}

function sendJson(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) })
  response.end(text)
}

const dynamic: Readonly<Record<string, Answer>> = {
  '/echo': echo,
  '/whoami': whoami,
  '/events': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    for (const [id, word] of events.entries()) {
      if (response.destroyed) return
      response.write(`id: ${id + 1}\nevent: count\ndata: {"word":"${word}"}\n\n`)
      await wait(20, undefined, { ref: false })
    }
    response.end()
  },
  '/chunked': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    for (const word of ['first ', 'second ', 'third\n']) response.write(word)
    response.end()
  },
  '/trailers': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', trailer: 'x-checksum' })
    response.write('what follows the body is a trailer\n')
    response.addTrailers({ 'x-checksum': 'b0d1' })
    response.end()
  },
}
