import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Proxy as MitmProxy } from 'http-mitm-proxy'
import type { ConnectionId, Target } from '../model/connection.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Problem } from '../model/problem.ts'
import { parseAuthority } from './authority.ts'
import { DialError, loop } from './dial.ts'
import { failurePage, failureResponse } from './failure-page.ts'
import { PlainAgent } from './plain-agent.ts'
import { headForServer } from './plain-head.ts'
import { now } from './ports.ts'
import { type RequestTarget, readRequestTarget, schemeOf } from './request-target.ts'
import type { Services } from './services.ts'
import { StreamTap } from './stream-tap.ts'
import { Tap } from './tap.ts'
import { tunnel } from './tunnel.ts'

const tlsHandshake = 22

export interface Front {
  accept(socket: Socket, connection: ConnectionId): void
  close(): void
}

/**
 * http-mitm-proxy as the front door: it reads requests and CONNECTs from sockets that we inject, serves plain HTTP
 * through its own pipeline, and hands CONNECT tunnels to us. Its own listening socket is closed at once.
 */
export async function openFront(services: Services): Promise<Front> {
  const proxy = new MitmProxy()
  const agents = new WeakMap<Duplex, PlainAgent>()
  const agentFor = (socket: Duplex | undefined): PlainAgent | undefined => {
    if (!(socket instanceof StreamTap)) return undefined
    const agent = agents.get(socket) ?? new PlainAgent(services, socket.connection)
    agents.set(socket, agent)
    return agent
  }
  const targets = new WeakMap<IncomingMessage, RequestTarget>()
  const latest = new WeakMap<PlainAgent, IncomingMessage>()
  const failed = new WeakSet<IncomingMessage>()
  proxy.onConnect((request, socket, head) => {
    if (!(socket instanceof StreamTap)) return socket.destroy()
    const agent = agents.get(socket)
    if (!agent) return openTunnel(services, request, socket, head)
    void agent.end().then(() => {
      if (!socket.destroyed) openTunnel(services, request, socket, head)
    })
  })
  proxy.onRequest((context, next) => {
    const { clientToProxyRequest: request, proxyToServerRequestOptions: options } = context
    const agent = agentFor(request.socket)
    if (!options || !agent) return next(new Error('a request on a socket that is not ours'))
    const asked = targets.get(request)
    if (!asked) return next(wrongTarget(request.url))
    const headers = headForServer(request.rawHeaders, asked.target)
    Object.assign(options, asked.target, { path: asked.path, agent, headers, ...lenient })
    agent.target(asked.target)
    latest.set(agent, request)
    context.proxyToClientResponse.once('close', () => {
      const tap: Duplex = request.socket
      const idle = request.complete && latest.get(agent) === request
      if (idle && tap instanceof StreamTap) tap.sniff(layerOf) // a CONNECT may be next
    })
    next()
  })
  // after http-mitm-proxy has put in fields of its own
  proxy.onResponseHeaders((context, next) => {
    const { serverToProxyResponse: response, proxyToClientResponse: answer } = context
    if (!response) return next()
    answer.statusMessage = response.statusMessage ?? ''
    answer.sendDate = false
    // It would gather the fields in an object: a name that comes again changes its place, and __proto__ is lost.
    const { writeHead } = answer
    answer.writeHead = (status: number) => writeHead.call(answer, status, response.rawHeaders.map(writable) as never)
    next()
  })
  proxy.onRequestEnd(({ proxyToServerRequest, proxyToClientResponse: answer }, next) => {
    proxyToServerRequest?.on('information', ({ statusCode, statusMessage, rawHeaders }) => {
      const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? `${name}: ${writable(rawHeaders[i + 1]!)}` : []))
      // a response before it on the connection has the socket until it is over
      answer.socket?.write([`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n'), 'latin1')
    })
    next()
  })
  proxy.onResponseEnd(({ serverToProxyResponse: response, proxyToClientResponse: answer }, next) => {
    const { rawTrailers = [] } = response ?? {}
    const pairs = rawTrailers.flatMap((name, i) =>
      i % 2 === 0 ? [[name, writable(rawTrailers[i + 1]!)] as const] : [],
    )
    if (pairs.length > 0) answer.addTrailers(pairs as never)
    next()
  })
  proxy.onWebSocketConnection((context, next) => {
    const socket = (context.clientToProxyWebSocket as unknown as { _socket: Duplex } | undefined)?._socket
    const agent = agentFor(socket)
    const options = context.proxyToServerWebSocketOptions
    const asked = readRequestTarget(options?.url ?? '')
    if (!agent || !options || !asked) return next(new Error('a WebSocket on a socket that is not ours'))
    agent.target(asked.target)
    options.agent = agent
    next()
  })
  proxy.onError((context, error) => {
    if (!context) return
    const request = context.clientToProxyRequest
    const problem = problemOf(error)
    const agent = request && agents.get(request.socket)
    const told = error instanceof DialError || failed.has(request)
    if (agent && !agent.ended && !told) services.tape.event(agent.connection, now(), { type: 'failed', problem })
    if (request) failed.add(request)
    if (services.options.failAsServer) return void request?.socket.destroy()
    const answer = context.proxyToClientResponse
    if (!answer || answer.headersSent) {
      answer?.destroy()
      return
    }
    const { status, contentType, body } = failurePage(problem, request.headers.accept)
    answer.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) })
    answer.end(body)
  })
  await new Promise<void>((resolve, reject) => {
    proxy.listen({ port: 0, host: '127.0.0.1', sslCaDir: services.options.authorityFolder, keepAlive: true }, error =>
      error ? reject(error) : resolve(),
    )
  })
  const server = proxy.httpServer!
  server.close()
  // any other protocol than WebSocket is offered, and a server may pass it over (RFC 9110 7.8)
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket'
  Object.assign(server, { shouldUpgradeCallback })
  // before http-mitm-proxy, which reads an authority up to its first colon and cuts it off
  server.prependListener('request', (request: IncomingMessage) => {
    const asked = readRequestTarget(request.url ?? '', request.headers.host)
    if (asked) targets.set(request, asked)
  })
  server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const asked = readRequestTarget(request.url ?? '', request.headers.host)
    if (asked) request.url = `ws://${hostAndPort(asked.target)}${asked.path}`
    else refuse(services, socket, wrongTarget(request.url))
  })
  server.on('clientError', (error, socket) => refuse(services, socket, error))
  return {
    accept(socket, connection) {
      const tap = new StreamTap({ socket, tape: services.tape, connection, leg: 'client' })
      tap.on('error', () => {})
      tap.once('close', async () => {
        if (tap.handedOver) return
        await agents.get(tap)?.end()
        const bytes = { toServer: tap.received, toClient: tap.sent }
        const closed = tap.closedBy ?? { at: now(), by: 'parley', how: 'fin' }
        services.tape.event(connection, now(), { type: 'leg-closed', leg: 'client', closed, bytes })
        services.tape.event(connection, now(), { type: 'closed', at: now() })
      })
      tap.sniff(layerOf)
      server.emit('connection', tap)
    },
    close() {
      server.closeAllConnections()
    },
  }
}

/** The head of a CONNECT is no plain traffic; other methods that begin with C are. */
function layerOf(first: Buffer): 'below' | 'above' | undefined {
  const start = first.toString('latin1', 0, connect.length)
  if (start === connect) return 'below'
  return connect.startsWith(start) ? undefined : 'above'
}

const connect = 'CONNECT '

/** What a server says is passed on though it is odd: to see that is why a person looks. */
const lenient = { insecureHTTPParser: true, maxHeaderSize: 1 << 20 }

/** Control characters, which Node reads here but would not write. */
const writable = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ')

function openTunnel(services: Services, request: IncomingMessage, stream: StreamTap, head: Buffer): void {
  const { tape } = services
  const { connection } = stream
  const target = parseAuthority(request.url ?? '')
  if (!target) return refuse(services, stream, Object.assign(new Error(`CONNECT ${request.url}`), { code: 'CONNECT' }))
  tape.event(connection, now(), { type: 'targeted', entrance: 'connect', target })
  if (services.isOurs(target.host === 'localhost' ? '127.0.0.1' : target.host, target.port))
    return answerLoop(services, stream, target)
  const rest = stream.handOver()
  const unread = rest.length > 0 ? Buffer.concat([head, rest]) : head
  const tap = new Tap({
    socket: stream.socket,
    tape,
    connection,
    leg: 'client',
    received: stream.received - unread.length,
    sent: stream.sent,
    unread,
  })
  tap.on('error', () => {})
  tap.preamble(Buffer.from('HTTP/1.1 200 Connection Established\r\n\r\n'))
  void tunnel(services, connection, tap, target)
}

function answerLoop({ tape }: Services, stream: StreamTap, target: Target): void {
  tape.event(stream.connection, now(), { type: 'failed', problem: loop(target) })
  stream.end(failureResponse(loop(target)))
}

/** What the client sent is no request that a proxy can serve. */
function refuse({ tape }: Services, socket: Duplex, error: NodeJS.ErrnoException): void {
  if (socket.writableEnded) return // refused already: Node tells every chunk of it
  if (!(socket instanceof StreamTap) || socket.received === 0 || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem = badRequest(socket, error)
  tape.event(socket.connection, now(), { type: 'failed', problem })
  if (socket.writable) socket.end(refusals[socket.firstByte ?? 0] ?? failureResponse(problem), () => socket.destroy())
  else socket.destroy()
}

const [socks4, socks5] = [4, 5]

/** In the words of SOCKS: request rejected; no acceptable method (RFC 1928 3). */
const refusals: Readonly<Record<number, Buffer>> = {
  [socks4]: Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]),
  [socks5]: Buffer.from([5, 255]),
}

function badRequest({ firstByte }: StreamTap, error: NodeJS.ErrnoException): Problem {
  const { code, message } = error
  if ('problem' in error) return error.problem as Problem
  if (firstByte === tlsHandshake)
    return {
      code: 'proxy/tls-to-proxy-port',
      blame: 'client',
      message: 'the client speaks TLS to the proxy port itself',
      remedy: 'set the proxy as http://HOST:PORT, not https://',
    }
  if (firstByte === socks4 || firstByte === socks5)
    return {
      code: 'proxy/socks',
      blame: 'client',
      message: 'the client speaks SOCKS, and Parley is an HTTP proxy',
      remedy: 'set it as the proxy for HTTP and HTTPS (http://HOST:PORT) instead of as SOCKS proxy',
    }
  if (code === 'CONNECT')
    return {
      code: 'proxy/bad-connect',
      blame: 'client',
      message: `${message} names no HOST:PORT`,
      remedy: 'CONNECT takes HOST:PORT',
    }
  return {
    code: 'proxy/bad-request',
    blame: 'client',
    message: `the client sent what is no HTTP request (${code ?? message})`,
  }
}

/** A request's error that is a problem of its own. */
function wrongTarget(url = ''): Error & { readonly problem: Problem } {
  const scheme = schemeOf(url)
  const message =
    scheme === undefined || scheme === 'http' || scheme === 'ws'
      ? 'the request names no server: neither its target nor its Host field is a HOST:PORT'
      : `the request asks for a ${scheme} URL in clear, and nothing was sent on`
  const remedy =
    scheme === 'https' || scheme === 'wss'
      ? 'let the client open a tunnel with CONNECT, as every client does that takes a proxy for https'
      : 'a proxy is asked for a whole URL: http://HOST:PORT/PATH'
  const problem: Problem = { code: 'proxy/bad-request', blame: 'client', message, remedy }
  return Object.assign(new Error(message), { problem })
}

function problemOf(error: Error | null | undefined): Problem {
  if (error && 'problem' in error) return error.problem as Problem
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  if (code.startsWith('HPE_'))
    return {
      code: 'http/upstream-failed',
      blame: 'server',
      message: `the server's answer is no HTTP that can be passed on: ${error?.message} (${code})`,
    }
  return {
    code: 'http/upstream-failed',
    blame: 'server',
    message: `the server did not answer: ${error?.message ?? 'unknown'} ${code && `(${code})`}`.trim(),
  }
}
