import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http'
import { createSecureServer } from 'node:http2'
import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { WebSocketServer } from 'ws'
import type { Site } from './site.ts'

/** TLS with HTTP/2 and HTTP/1.1, chosen by ALPN. */
export function http2Server(site: Site, tls: TlsOptions): Server {
  const server = createSecureServer({ ...tls, allowHTTP1: true }, site as unknown as never)
  server.on('sessionError', () => {})
  return server
}

/** TLS with HTTP/1.1 alone: it answers ALPN with `http/1.1`. */
export function http1Server(site: Site, tls: TlsOptions): Server {
  const http = plainServer(site)
  const server = createTlsServer({ ALPNProtocols: ['http/1.1'], ...tls })
  server.on('secureConnection', socket => {
    socket.on('error', () => {})
    http.emit('connection', socket)
  })
  return server
}

/** HTTP/1.1 and WebSocket without TLS. */
export function plainServer(site: Site): HttpServer {
  const server = createHttpServer(site as RequestListener)
  server.on('upgrade', echoWebSocket)
  return server
}

const maxPayload = 64 * 1024 // plenty for a chat, and it bounds what a server holds
const webSockets = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload })

/** Accepts a WebSocket (for an HTTP server's 'upgrade' event) and sends every message back; answers pings and closes. */
export function echoWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  webSockets.handleUpgrade(request, socket, head, peer => {
    peer.on('error', () => {}) // `ws` has answered it with a close frame
    peer.on('message', (message, binary) => peer.send(message, { binary }))
  })
}
