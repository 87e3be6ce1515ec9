import type { Socket } from 'node:net'
import type { ConnectionId } from '../../model/connection.ts'
import type { Services } from '../services.ts'
import { servicesFor } from './access.ts'
import type { Arrival, Ends } from './arrival.ts'
import { type Divert, serveHttp1 } from './http1.ts'
import { enterSocks } from './socks.ts'
import { enterTls } from './tls.ts'

/** Serves a client that has just connected, by the way in that its first byte shows. */
export function receive(shared: Services, socket: Socket, connection: ConnectionId, ends: Ends): void {
  const address = socket.remoteAddress ?? ''
  serve({ services: servicesFor(shared, address), socket, connection, address, ends })
}

const serve = (arrival: Arrival): void => serveHttp1(arrival, first => entrances[first[0]!])

/** The ways in, by the first byte; what has none is HTTP/1. */
const entrances: Readonly<Record<number, ReturnType<Divert>>> = {
  4: enterSocks,
  5: enterSocks,
  22: (arrival, first) => void enterTls(arrival, first, serve),
}
