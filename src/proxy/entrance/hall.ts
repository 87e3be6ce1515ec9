import type { Socket } from 'node:net'
import type { ConnectionId } from '../../model/connection.ts'
import { problemOf } from '../../problem/problem.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { readShared } from '../socket/shared-read.ts'
import type { Ends } from './arrival.ts'
import { DescriptorWatch, type Surroundings } from './descriptors.ts'
import { shutOut, turnAway } from './refuse.ts'

/** What becomes of a client that is let in. */
export type Enter = (services: Services, socket: Socket, connection: ConnectionId, ends: Ends) => void

/** Where clients come in, by whatever door: it shuts out, turns away, or lets in. */
export class Hall {
  readonly #services: Services
  readonly #descriptors: DescriptorWatch
  readonly #sockets = new Set<Socket>()

  constructor(services: Services, surroundings: Surroundings) {
    this.#services = services
    this.#descriptors = new DescriptorWatch(surroundings)
  }

  accept(accepted: Socket, enter: Enter): void {
    const services = this.#services
    if (!services.access.admits(accepted.remoteAddress ?? '')) return shutOut(accepted)
    const refused = this.#descriptors.isShort(accepted, this.#sockets.size) && !services.lobby.dismiss()
    const socket = readShared(accepted)
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    const connection = services.nextConnection()
    const at = now()
    const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    const remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    services.tape.event(connection, at, { type: 'opened', at, local, remote })
    if (refused) turnAway(services, socket, connection, problemOf('proxy/no-descriptors'))
    else enter(services, socket, connection, { local, remote })
  }

  /** Ends every connection. */
  clear(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
