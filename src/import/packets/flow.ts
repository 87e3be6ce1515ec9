import type { Endpoint } from '../../model/connection.ts'
import type { Direction, Party } from '../../model/party.ts'
import { Conversation } from '../../wire/tcp/conversation.ts'
import type { Segment } from '../../wire/tcp/read-segment.ts'
import type { SessionKeys } from '../../wire/tls/stream/session-opener.ts'
import { Carried } from './carried.ts'
import { ConnectionDoor, type Door } from './connection-door.ts'

/** Who speaks with whom, and what the capture calls the server. */
export interface Ends {
  readonly client: Endpoint
  readonly server: Endpoint
  readonly name?: string
}

const mostLate = 64 * 1024 // bytes that may come before their SYN, where packets are mixed up

/** One TCP connection of a capture, told to the recorder from its first byte of content on. */
export class Flow {
  readonly #door: Door
  readonly #keys: SessionKeys
  readonly #ends: Ends
  readonly #openedAt: number
  /** Sequence numbers of the SYNs that were seen. */
  readonly #first: Partial<Record<Direction, number>> = {}
  /** Those of the segments that came first. */
  readonly #begun: Partial<Record<Direction, number>> = {}
  #whole: boolean
  #conversation: Conversation | undefined
  #told: { readonly door: ConnectionDoor; readonly carried: Carried } | undefined
  #endedBy: Party | undefined
  #endedAt = 0

  /** `whole`: a SYN came first. */
  constructor(door: Door, keys: SessionKeys, ends: Ends, at: number, whole: boolean) {
    this.#door = door
    this.#keys = keys
    this.#ends = ends
    this.#openedAt = at
    this.#whole = whole
    this.#conversation = new Conversation({
      data: (direction, when, bytes) => this.#carried(when).data(direction, when, bytes),
      gap: (direction, when, length) => this.#carried(when).gap(direction, when, length),
      end: (direction, when) => this.#ended(direction, when),
    })
  }

  /** Whether a SYN begins another connection between the same ports. */
  isOther({ sequence, acknowledged }: Segment, direction: Direction): boolean {
    const first = this.#first[direction]
    if (first !== undefined) return first !== sequence
    const begun = this.#begun[direction]
    const isLate = begun !== undefined && (begun - sequence) >>> 0 <= mostLate // behind what it stands before
    return acknowledged === undefined && !isLate
  }

  get isOver(): boolean {
    return this.#conversation === undefined
  }

  push(direction: Direction, at: number, segment: Segment): void {
    const conversation = this.#conversation
    if (!conversation) return
    if (segment.syn) this.#first[direction] ??= segment.sequence
    this.#begun[direction] ??= segment.sequence
    conversation.push(direction, at, segment)
    if (segment.rst) this.#close(at, direction === 'to-server' ? 'client' : 'server', 'reset')
    else if (conversation.isOver) this.#close(this.#endedAt)
  }

  /** Nothing follows of it. */
  close(at: number): void {
    this.#close(at)
  }

  #close(at: number, by?: Party, how: 'fin' | 'reset' = 'fin'): void {
    const conversation = this.#conversation
    if (!conversation) return
    this.#conversation = undefined
    const endedBy = this.#endedBy
    conversation.close(at)
    if (!this.#told) return
    const { door, carried } = this.#told
    this.#told = undefined
    // who ended first is told before the content ends, which may be because of it
    const ender = endedBy ?? by
    if (ender) door.legClosed(endedBy ? this.#endedAt : at, conversation.bytes, ender, endedBy ? 'fin' : how)
    carried.close(at)
    door.close(at)
  }

  #ended(direction: Direction, at: number): void {
    if (this.#conversation) {
      this.#endedBy ??= direction === 'to-server' ? 'client' : 'server'
      this.#endedAt = at
    }
    this.#told?.carried.end(direction, at)
  }

  #carried(at: number): Carried {
    this.#told ??= this.#tell(at)
    return this.#told.carried
  }

  #tell(at: number): { readonly door: ConnectionDoor; readonly carried: Carried } {
    const { server, name = server.address } = this.#ends
    const door = new ConnectionDoor(this.#door, this.#openedAt, this.#ends)
    door.tell(at, { type: 'targeted', entrance: 'transparent', target: { host: name, port: server.port } })
    return { door, carried: new Carried(door, this.#keys, this.#whole) }
  }
}
