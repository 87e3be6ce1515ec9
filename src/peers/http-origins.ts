import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { Server } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { Site } from './site.ts'
import { echoWebSocket } from './websocket-echo.ts'

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
