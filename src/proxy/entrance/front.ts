import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { Proxy as MitmProxy } from 'http-mitm-proxy'
import type { ConnectionId } from '../../model/connection.ts'
import { loopProblem } from '../../problem/from-system.ts'
import { problemOf } from '../../problem/problem.ts'
import { failureResponse } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'
import { JsTap } from '../socket/js-tap.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import { parseAuthority } from './authority.ts'
import { mostHead, servePlain } from './cleartext/serve.ts'
import { refuse } from './refuse.ts'

export interface Front {
  accept(socket: Socket, connection: ConnectionId): void
  close(): void
}

/**
 * http-mitm-proxy as the front door: it reads requests and CONNECTs from sockets that we inject, serves plain HTTP
 * through its own pipeline, and hands CONNECT tunnels to us. Its own listening socket is closed at once.
 */
export async function openFront(services: Services): Promise<Front> {
  const { tape, options } = services
  const proxy = new MitmProxy()
  const plain = servePlain(proxy, { services, onSwitch: follow, onIdle: client => client.sniff(layerOf) })
  proxy.onConnect((request, socket, head) => {
    if (!(socket instanceof ContentTap)) return socket.destroy()
    const ended = plain.end(socket)
    if (!ended) return openTunnel(services, request, socket, head)
    void ended.then(() => {
      if (!socket.destroyed) openTunnel(services, request, socket, head)
    })
  })
  await new Promise<void>((resolve, reject) => {
    proxy.listen({ port: 0, host: '127.0.0.1', sslCaDir: options.authorityFolder, keepAlive: true }, error =>
      error ? reject(error) : resolve(),
    )
  })
  const server = proxy.httpServer!
  server.close()
  // another protocol is offered, and the server decides (RFC 9110 7.8)
  Object.assign(server, { shouldUpgradeCallback: () => false, maxHeaderSize: mostHead })
  server.prependListener('request', plain.seen)
  // whether to continue the server decides too (RFC 9110 10.1.1)
  for (const name of ['checkContinue', 'checkExpectation'])
    server.on(name, (request, answer) => server.emit('request', request, answer))
  server.on('clientError', (error, socket) => refuse(services, socket, error))
  return {
    accept(socket, connection) {
      const tap = new ContentTap({ socket, tape, connection, leg: 'client' })
      follow(tap)
      tap.sniff(layerOf)
      server.emit('connection', tap)
    },
    close() {
      server.closeAllConnections()
    },
  }

  /** Tells the tape when the client's connection is over, unless somebody else has it then. */
  function follow(tap: ContentTap): void {
    const { connection } = tap
    tap.on('error', () => {})
    tap.once('close', async () => {
      if (tap.handedOver) return
      await plain.end(tap)
      const bytes = { toServer: tap.received, toClient: tap.sent }
      const closed = tap.closedBy ?? { at: now(), by: 'parley', how: 'fin' }
      tape.event(connection, now(), { type: 'leg-closed', leg: 'client', closed, bytes })
      tape.event(connection, now(), { type: 'closed', at: now() })
    })
  }
}

/** The head of a CONNECT is no plain traffic; other methods that begin with C are. */
function layerOf(first: Buffer): 'below' | 'above' | undefined {
  const start = first.toString('latin1', 0, connect.length)
  if (start === connect) return 'below'
  return connect.startsWith(start) ? undefined : 'above'
}

const connect = 'CONNECT '

function openTunnel(services: Services, request: IncomingMessage, stream: ContentTap, head: Buffer): void {
  const { tape } = services
  const { connection } = stream
  const target = parseAuthority(request.url ?? '')
  if (!target) return refuse(services, stream, problemOf('proxy/bad-connect', { detail: `CONNECT ${request.url}` }))
  tape.event(connection, now(), { type: 'targeted', entrance: 'connect', target })
  if (services.isOurs(target.host === 'localhost' ? '127.0.0.1' : target.host, target.port)) {
    const problem = loopProblem(target)
    tape.event(connection, now(), { type: 'failed', problem })
    stream.end(failureResponse(problem))
    return
  }
  const rest = stream.handOver()
  const unread = rest.length > 0 ? Buffer.concat([head, rest]) : head
  const tap = new JsTap({
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
