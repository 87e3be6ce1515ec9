import type { ConnectionId, Endpoint, Entrance } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { RequestHead } from '../../model/exchange.ts'
import type { Direction, Party } from '../../model/party.ts'
import type { ToldExchange } from '../../recorder/told-exchange.ts'
import type { Lane, TapeListener } from '../../tape/recording.ts'

/** The recorder's door, and the numbers of connections that come in by it. */
export interface Door {
  readonly recording: TapeListener
  nextId(): ConnectionId
  /** An exchange that is told by what happened; undefined where its connection is not open. */
  exchange(id: ConnectionId, at: number, head: RequestHead, stream?: number): ToldExchange | undefined
}

/** Bytes of each direction. */
export interface Positions {
  readonly toServer: number
  readonly toClient: number
}

/** What an import tells of one connection that was seen from outside. */
export class ConnectionDoor {
  readonly id: ConnectionId
  readonly server: Endpoint
  readonly #door: Door
  readonly #client: Endpoint
  #entrance: Entrance | undefined
  readonly #lanes: Readonly<Record<Direction, Lane>>

  constructor(door: Door, at: number, ends: { client: Endpoint; server: Endpoint }, within?: ConnectionId) {
    this.#door = door
    this.id = door.nextId()
    this.server = ends.server
    this.#client = ends.client
    const lane = (direction: Direction): Lane => ({ connection: this.id, leg: 'client', direction })
    this.#lanes = { 'to-server': lane('to-server'), 'to-client': lane('to-client') }
    const also = within === undefined ? {} : { within }
    this.tell(at, { type: 'opened', at, sniffed: true, local: ends.server, remote: ends.client, ...also })
  }

  tell(at: number, event: ConnectionEvent): void {
    if (event.type === 'targeted') this.#entrance = event.entrance
    this.#door.recording.event(this.id, at, event)
  }

  /** The client named its server in its hello; where it asked no proxy, that is the target. */
  hello(at: number, serverName: string | undefined): void {
    this.tell(at, { type: 'hello-seen', ...(serverName === undefined ? {} : { serverName }) })
    if (serverName === undefined || this.#entrance !== 'transparent') return
    const target = { host: serverName, port: this.server.port }
    this.tell(at, { type: 'targeted', entrance: 'transparent', target })
  }

  wire(direction: Direction, at: number, position: number, bytes: Uint8Array): void {
    this.#door.recording.wire(this.#lanes[direction], at, position, bytes)
  }

  recordHeaders(direction: Direction, at: number, packed: Uint8Array): void {
    this.#door.recording.recordHeaders(this.#lanes[direction], at, packed)
  }

  content(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#door.recording.content(this.#lanes[direction], at, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#door.recording.gap(this.#lanes[direction], at, length)
  }

  contentEnd(direction: Direction, at: number): void {
    this.#door.recording.contentEnd(this.#lanes[direction], at)
  }

  keyLog(at: number, line: string): void {
    this.#door.recording.keyLog(this.id, 'client', at, Buffer.from(line, 'latin1'))
  }

  /** Another connection that comes inside this one. */
  inside(at: number): ConnectionDoor {
    return new ConnectionDoor(this.#door, at, { client: this.#client, server: this.server }, this.id)
  }

  /** Who ended it first, and how. */
  legClosed(at: number, bytes: Positions, by: Party, how: 'fin' | 'reset' = 'fin'): void {
    this.tell(at, { type: 'leg-closed', leg: 'client', closed: { at, by, how }, bytes })
  }

  /** It is over, or the capture is. */
  close(at: number): void {
    this.tell(at, { type: 'closed', at })
  }
}
