import { type Duplex, duplexPair } from 'node:stream'
import type { ConnectionId } from '../../model/connection.ts'
import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { type SeenHello, seeHello } from '../hello/seen-hello.ts'
import { now } from '../ports.ts'
import { relayOpaque } from '../relay/opaque.ts'
import type { Services } from '../services.ts'
import { JsTap } from '../socket/js-tap.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { contentOf } from '../tunnel/bridged.ts'
import { Dialling } from '../tunnel/dialling.ts'
import { rulingFor } from '../tunnel/ruling.ts'
import { type TunnelScope, tellClosed } from '../tunnel/scope.ts'
import { secureServer } from '../tunnel/secure-server.ts'
import type { OwnProtocol, OwnRequest } from './own-request.ts'

/** A connection to a server whose client is Parley itself: what is written to `stream` in clear reaches the server. */
export interface OwnConnection {
  readonly id: ConnectionId
  readonly stream: Duplex
  readonly protocol: OwnProtocol
}

/**
 * Dials and secures a connection as a tunnel would, with the ClientHello that is wanted, and tells the tape of it. Ends
 * with its stream. Rejects with a ProblemError.
 */
export async function openConnection(services: Services, request: OwnRequest): Promise<OwnConnection> {
  const { entrance, signal } = request
  const { scope, stream, client } = openLeg(services, request)
  const { connection: id, tell } = scope
  const dialling = new Dialling(scope)
  dialling.hurry.happen() // there is no client to be heard
  const callOff = (): void => {
    dialling.giveUp()
    stream.destroy()
  }
  signal?.addEventListener('abort', callOff)
  const over = (): void => {
    signal?.removeEventListener('abort', callOff)
    tellClosed(scope, 'client', client)
    if (dialling.upstream) tellClosed(scope, 'upstream', dialling.upstream)
    tell({ type: 'closed', at: now() })
  }
  if (signal?.aborted) callOff()
  const secured = await reached(scope, dialling, request).catch(failure)
  if (isProblem(secured) || stream.destroyed) {
    const problem = isProblem(secured) ? secured : calledOff()
    tell({ type: 'failed', problem })
    stream.destroy()
    dialling.upstream?.destroy()
    over()
    throw new ProblemError(problem)
  }
  dialling.handOver()
  const tape = entrance === 'elsewhere' ? silent : services.tape // there its content is that of another exchange
  const open = relayOpaque({ client, upstream: secured.upstream, tape, connection: id, tls: false }).then(over)
  services.tunnels.add(open)
  void open.finally(() => services.tunnels.delete(open))
  return { id, stream, protocol: secured.protocol }
}

/** The client leg, whose other end is Parley's, and what rules say of the TLS and the way of such a connection. */
function openLeg(services: Services, { server, entrance, origin, within, serverName = server.host }: OwnRequest) {
  const connection = services.nextConnection()
  const tell: TunnelScope['tell'] = event => services.tape.event(connection, now(), event)
  const target = { host: server.host, port: server.port }
  tell({ type: 'opened', at: now(), ...(within !== undefined && { within }) })
  tell({ type: 'targeted', entrance, target, ...(origin !== undefined && { origin }) })
  tell({ type: 'treated', treatment: 'observe' })
  const [stream, far] = duplexPair()
  stream.on('error', () => {})
  far.on('error', () => {})
  stream.once('close', () => far.destroy())
  far.once('close', () => stream.destroy())
  const client = new JsTap({ socket: far, tape: services.tape, connection, leg: 'client' })
  client.on('error', () => {})
  client.ignore()
  const reverse = { secure: server.scheme === 'https', ownAddress: '' }
  const unruled = { services, connection, client, target, reverse, tell }
  const scope: TunnelScope = { ...unruled, ruling: rulingFor(unruled, serverName, serverName) }
  return { scope, stream, client }
}

const silent = { content: () => {}, contentEnd: () => {} }

const failure = (error: Error): Problem => problemOf('proxy/internal', { detail: error.message })

export const calledOff = (): Problem => problemOf('own/called-off')

interface ReachedServer {
  readonly upstream: WireTap
  readonly protocol: OwnProtocol
}

async function reached(scope: TunnelScope, dialling: Dialling, request: OwnRequest): Promise<ReachedServer | Problem> {
  const dialled = await dialling.outcome()
  if (isProblem(dialled)) return dialled
  const wanted = request.protocol ?? (request.head.version === 'HTTP/2' ? 'h2' : 'http/1.1')
  if (request.server.scheme === 'http') {
    dialled.ignore()
    return { upstream: dialled, protocol: wanted }
  }
  const host = request.serverName ?? request.server.host
  const secured = await secureServer(scope, dialled, offering(request, wanted), {
    host,
    again: () => dialling.again(),
  })
  if (isProblem(secured)) return secured
  const { socket, alpn, tolerated } = secured.upstream
  if (tolerated) scope.tell({ type: 'tolerated', problem: tolerated })
  return { upstream: contentOf(scope, socket, 'upstream'), protocol: alpn === 'h2' ? 'h2' : 'http/1.1' }
}

/** The hello that the server is to get the like of. Its ALPN is kept if it has what is wanted. */
function offering({ hello, protocol }: OwnRequest, wanted: OwnProtocol): SeenHello | undefined {
  const seen = hello && seeHello(Buffer.from(hello))
  if (!seen) return ownOffer(protocol ? [protocol] : wanted === 'h2' ? ['h2', 'http/1.1'] : ['http/1.1'])
  const { alpn } = seen.hello
  const message = Buffer.alloc(0) // no client's, with another ALPN
  if (protocol) return { ...seen, message, hello: { ...seen.hello, alpn: [protocol] } }
  return alpn?.includes(wanted) || (alpn === undefined && wanted === 'http/1.1')
    ? seen
    : { ...seen, message, hello: { ...seen.hello, alpn: [wanted] } }
}

/** Of no client: Parley's own hello, with this ALPN. */
const ownOffer = (alpn: readonly OwnProtocol[]): SeenHello => ({
  message: Buffer.alloc(0),
  shape: '',
  hello: {
    ...{ legacyVersion: 0x0303, random: none, sessionId: none, cipherSuites: [], compressionMethods: [] },
    ...{ extensions: [], alpn, earlyData: false, statusRequest: false },
  },
})

const none = new Uint8Array(0)
