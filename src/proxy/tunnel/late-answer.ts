import type { TLSSocket } from 'node:tls'
import { isProblem } from '../../model/problem.ts'
import type { Problem } from '../../problem/problem.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { failureFrames, failureResponse } from '../failure-page.ts'
import { ContentTap } from '../socket/content-tap.ts'
import type { TunnelScope } from './scope.ts'
import { protocolFor, secureClientAlone } from './secure.ts'
import { isRequest } from './spoken.ts'

/** Upstream failed: finish the client's TLS all the same, and answer with the reason. */
export async function explain(
  scope: TunnelScope,
  problem: Problem,
  host: string,
  hello: ClientHello | undefined,
): Promise<void> {
  const { services, client, tell } = scope
  tell({ type: 'failed', problem })
  if (services.options.failAsServer) {
    client.destroy()
    return
  }
  const socket = await secureClientAlone(scope, host, hello, protocolFor(hello))
  if (!socket) return
  if (isProblem(socket)) return tell({ type: 'failed', problem: socket })
  await answer(scope, problem, socket, socket.alpnProtocol || undefined)
}

/** Serves the failure page on a client leg that stands, until the client has gone. */
export async function answer(
  { services, connection }: TunnelScope,
  problem: Problem,
  socket: TLSSocket,
  alpn: string | undefined,
): Promise<void> {
  const { serveFailure } = await import('../serve-failure.ts') // Node's HTTP takes 60 ms to load, and nothing else needs it
  if (socket.destroyed) return
  const stream = new ContentTap({ socket, tape: services.tape, connection, leg: 'client' })
  stream.on('error', () => {})
  serveFailure(stream, alpn, problem)
  await new Promise(resolve => stream.once('close', resolve))
}

/** Words for a client that speaks HTTP and has asked for something; any other would read them as its server's. */
export function lastWords(
  { tell }: TunnelScope,
  problem: Problem,
  asked: Buffer,
  alpn: string | undefined,
): Buffer | undefined {
  tell({ type: 'failed', problem })
  if (alpn === 'h2' && asked.length > 0) return failureFrames(problem)
  return (alpn ?? 'http/1.1').startsWith('http/1') && isRequest(asked) ? failureResponse(problem) : undefined
}
