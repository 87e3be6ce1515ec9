import type { Socket } from 'node:net'
import type { ConnectionId } from '../../model/connection.ts'
import type { ReversedServer, Services } from '../services.ts'
import { servicesFor } from './access.ts'
import type { Arrival, Ends } from './arrival.ts'
import type { Enter } from './hall.ts'
import { type Divert, serveHttp1 } from './http1.ts'
import { asServer } from './own-server.ts'
import { enterReverse } from './reverse.ts'
import { enterSocks } from './socks.ts'
import { enterTls } from './tls.ts'
import { enterTransparent, type OriginalTarget } from './transparent.ts'

/** Serves a client that has just connected, by the way in that its first byte shows. */
export const receive: Enter = (shared, socket, connection, ends) => serve(arrive(shared, socket, connection, ends))

/** Serves a client that has just connected to Parley in the place of that server. */
export const receiveFor =
  (server: ReversedServer): Enter =>
  (shared, socket, connection, ends) =>
    enterReverse(arrive(shared, socket, connection, ends), server)

/** Serves a client that the firewall has led here. */
export const receiveRedirected =
  (originalTarget: OriginalTarget): Enter =>
  (shared, socket, connection, ends) =>
    enterTransparent(arrive(shared, socket, connection, ends), originalTarget)

function arrive(shared: Services, socket: Socket, connection: ConnectionId, ends: Ends): Arrival {
  const address = socket.remoteAddress ?? ''
  return { services: servicesFor(shared, address), socket, connection, address, ends }
}

const serve = (arrival: Arrival): void =>
  serveHttp1(arrival, first => wayOf(arrival, first[0]!) ?? (isHttp2(first) ? enterHttp2 : undefined))

/** TLS inside TLS inside TLS, without end, would be a way to exhaust the stack. */
const wayOf = ({ nested }: Arrival, first: number): ReturnType<Divert> =>
  nested && first === tlsHandshake ? undefined : entrances[first]

const tlsHandshake = 22

/** The ways in, by the first byte; what has none is HTTP/1. */
const entrances: Readonly<Record<number, ReturnType<Divert>>> = {
  4: enterSocks,
  5: enterSocks,
  [tlsHandshake]: (arrival, first) => void enterTls(arrival, first, serve),
}

/** RFC 9113 3.4: the connection preface begins with a method that no request has. */
const isHttp2 = (first: Buffer): boolean => first.toString('latin1', 0, 4) === 'PRI '

async function enterHttp2(arrival: Arrival, first: Buffer): Promise<void> {
  const { services, client } = asServer(arrival, 'http2', first)
  client.ignore()
  const { serveHttp2 } = await import('./http2.ts') // Node's HTTP takes 60 ms to load
  services.lobby.leaves(client)
  serveHttp2(arrival, client.stream, serve)
}
