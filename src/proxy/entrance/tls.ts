import { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { isProblem } from '../../model/problem.ts'
import { helloCutOff } from '../../problem/from-client.ts'
import { problemOf } from '../../problem/problem.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { seeHello } from '../hello/seen-hello.ts'
import { http1 } from '../leg/alpn.ts'
import { Once } from '../once.ts'
import { peekHello } from '../tunnel/first-words.ts'
import type { TunnelScope } from '../tunnel/scope.ts'
import { secureClientAlone } from '../tunnel/secure.ts'
import { type Arrival, within } from './arrival.ts'
import { asServer } from './own-server.ts'

/**
 * Serves a client that speaks TLS to the proxy itself, as one does that has it as `https://`: with a leaf for the name or
 * the address by which it was asked. What comes inside is a connection of its own.
 */
export async function enterTls(arrival: Arrival, first: Buffer, serve: (inside: Arrival) => void): Promise<void> {
  const scope = asServer(arrival, 'tls', first)
  const { services, client, tell } = scope
  tell({ type: 'tls-started', leg: 'client', toServer: 0, toClient: 0 })
  try {
    const secured = await secure(scope)
    services.lobby.leaves(client)
    if (!secured) return
    if (secured.alpnProtocol !== 'h2') return serve(within(arrival, secured))
    const { serveHttp2 } = await import('./http2.ts') // Node's HTTP takes 60 ms to load
    const plain = Duplex.from({ readable: secured, writable: secured } as never) // of a TLSSocket it loses what was read
    serveHttp2(arrival, plain, serve)
  } catch (error) {
    tell({ type: 'failed', problem: problemOf('proxy/internal', { detail: (error as Error).message }) })
    client.destroy()
  }
}

/** Undefined where the client gets no further; that has been told. */
async function secure(scope: TunnelScope): Promise<TLSSocket | undefined> {
  const { services, client, target, tell } = scope
  const words = await peekHello(client, services.options.timeouts.hello, new Once())
  if (words.kind === 'gone' || words.kind === 'silent') {
    if (client.closed?.by !== 'parley') tell({ type: 'failed', problem: helloCutOff(words.kind, words.bytes) })
    return void client.destroy()
  }
  const hello = words.kind === 'hello' ? seeHello(words.message)?.hello : undefined
  if (hello) tell({ type: 'hello-seen', ...(hello.serverName ? { serverName: hello.serverName } : {}) })
  const socket = await secureClientAlone(scope, hello?.serverName ?? target.host, hello, servedOf(hello))
  if (!socket || !isProblem(socket)) return socket
  tell({ type: 'failed', problem: socket })
  return undefined
}

/** What it prefers of what is served. */
const servedOf = (hello: ClientHello | undefined): string | undefined =>
  hello?.alpn?.find(protocol => protocol === 'h2' || protocol === http1)
