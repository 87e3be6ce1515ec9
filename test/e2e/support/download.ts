import { createHash } from 'node:crypto'
import http from 'node:http'
import http2 from 'node:http2'
import net, { type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import tls from 'node:tls'

/** The SHA-256 of what a URL gives through a proxy, and how many bytes that was. */
export interface Download {
  readonly length: number
  readonly hash: string
}

/** Downloads without keeping the body: over HTTP/2 or HTTP/1.1 inside TLS, or over plain HTTP. */
export async function download(proxy: number, url: URL, ca: string, alpn = 'http/1.1'): Promise<Download> {
  if (url.protocol === 'http:') {
    const headers = { Host: url.host }
    return ask(http.get({ port: proxy, host: '127.0.0.1', path: url.href, headers, agent: false }))
  }
  const below = await tunnel(proxy, url.host)
  const socket = tls.connect({ socket: below, servername: url.hostname, ca, ALPNProtocols: [alpn] })
  if (alpn !== 'h2') return ask(http.get({ createConnection: () => socket, path: url.pathname, host: url.host }))
  const session = http2.connect(url, { createConnection: () => socket })
  try {
    return await digest(session.request({ ':path': url.pathname }))
  } finally {
    session.destroy()
  }
}

async function ask(request: http.ClientRequest): Promise<Download> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject)
  })
  try {
    return await digest(response)
  } finally {
    request.destroy()
  }
}

async function digest(body: Readable): Promise<Download> {
  const hash = createHash('sha256')
  let length = 0
  await pipeline(body, async parts => {
    for await (const part of parts) {
      hash.update(part)
      length += part.length
    }
  })
  return { length, hash: hash.digest('hex') }
}

async function tunnel(proxy: number, authority: string): Promise<Socket> {
  const socket = net.connect(proxy, '127.0.0.1')
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  const head = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve).once('error', reject)
  })
  if (!String(head).startsWith('HTTP/1.1 200')) throw new Error(String(head))
  return socket
}
