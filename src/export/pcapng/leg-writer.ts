import { type Connection, type Leg, legOf } from '../../model/connection.ts'
import type { Direction, LegName } from '../../model/party.ts'
import { ConversationWriter, type SeenPacket } from '../../wire/tcp/conversation-writer.ts'
import { endsOf, openingOf } from './ends.ts'
import type { LaneBytes } from './lane-bytes.ts'

export interface LanePiece extends LaneBytes {
  readonly leg: LegName
  readonly direction: Direction
}

/** Something that Parley says of the packet that carries the byte at `offset`. */
export interface LegNote {
  readonly direction: Direction
  readonly offset: number
  readonly text: string
}

export interface LegPacket extends SeenPacket {
  readonly leg: LegName
  readonly comments: readonly string[]
}

/** What is said of a leg, on its packets. */
export interface LegNotes {
  /** On its first packet. */
  readonly first: readonly string[]
  /** In order of offset within a direction. */
  readonly at: readonly LegNote[]
  /** On what ended it. */
  readonly last: readonly string[]
}

const none: readonly string[] = []

interface Opening {
  readonly asked: number
  readonly stood: number
}

/** Writes the packets of one leg from its bytes in the order of their time: opens it before them, and ends it. */
export class LegWriter {
  readonly #leg: LegName
  readonly #facts: Leg
  readonly #writer: ConversationWriter
  readonly #notes: LegNotes
  readonly #said = new Set<LegNote>()
  readonly #passed: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }
  readonly #lengths: Readonly<Record<Direction, number>> | undefined
  /** Packets that open it, and are still to come. */
  #opening: LegPacket[]
  #firstEnd: Direction | undefined

  private constructor(
    leg: LegName,
    facts: Leg,
    opening: Opening,
    writer: ConversationWriter,
    notes: LegNotes,
    lengths: Readonly<Record<Direction, number>> | undefined,
  ) {
    this.#leg = leg
    this.#facts = facts
    this.#writer = writer
    this.#notes = notes
    this.#lengths = lengths
    const packets = [...writer.open(opening.asked, opening.stood)]
    this.#opening = packets.map((packet, i) => this.#with(packet, i === 0 ? notes.first : none))
  }

  /** Undefined where there was no such leg, or its ends are not known. `lengths`: bytes in each direction, where known. */
  static of(
    connection: Connection,
    leg: LegName,
    notes: LegNotes,
    lengths: Readonly<Record<Direction, number>> | undefined,
  ): LegWriter | undefined {
    const [facts, ends, opening] = [legOf(connection, leg), endsOf(connection, leg), openingOf(connection, leg)]
    if (!facts || !ends || !opening) return undefined
    return new LegWriter(leg, facts, opening, new ConversationWriter(ends), notes, lengths)
  }

  /** Whether something happens on the leg before `at` besides its bytes: it is asked for, or one side ends. */
  isDue(at: number): boolean {
    return (this.#opening[0]?.at ?? Infinity) <= at || this.#endingBefore(at) !== undefined
  }

  /** What that is. */
  *until(at: number): Generator<LegPacket> {
    while (this.#opening[0] && this.#opening[0].at <= at) yield this.#opening.shift()!
    const ending = this.#endingBefore(at)
    if (ending) yield* this.#end(ending.direction, ending.at)
  }

  /** The first FIN, where all that its side says has passed. */
  #endingBefore(at: number): { readonly direction: Direction; readonly at: number } | undefined {
    const { closed } = this.#facts
    if (!closed || closed.how === 'reset' || closed.at > at || this.#firstEnd) return undefined
    const direction = this.#sentBy(closed.by)
    const isOver = this.#lengths !== undefined && this.#passed[direction] >= this.#lengths[direction]
    return isOver ? { direction, at: closed.at } : undefined
  }

  *take({ direction, at, bytes, length, offset }: LaneBytes & { readonly direction: Direction }): Generator<LegPacket> {
    yield* this.#opening.splice(0)
    this.#passed[direction] = offset + length
    let from = offset
    for (const packet of this.#writer.data(direction, at, bytes, length)) {
      const to = from + packet.payload
      yield this.#with(packet, this.#notesBetween(direction, from, to))
      if (packet.payload > 0) from = to
    }
  }

  /** The rest: how it ended, where it did. */
  *finish(closedAt: number | undefined): Generator<LegPacket> {
    yield* this.#opening.splice(0)
    const { closed } = this.#facts
    if (!closed) return
    const direction = this.#sentBy(closed.by)
    if (closed.how === 'reset')
      for (const packet of this.#writer.reset(direction, closed.at)) yield this.#with(packet, this.#notes.last)
    else {
      if (!this.#firstEnd) yield* this.#end(direction, closed.at)
      const other = direction === 'to-server' ? 'to-client' : 'to-server'
      for (const packet of this.#writer.end(other, closedAt ?? closed.at)) yield this.#with(packet, none)
    }
  }

  *#end(direction: Direction, at: number): Generator<LegPacket> {
    this.#firstEnd = direction
    for (const packet of this.#writer.end(direction, at)) yield this.#with(packet, this.#notes.last)
  }

  /** Of the two ends of the leg, Parley is the one that the other is not. */
  #sentBy(party: string): Direction {
    const peer = this.#leg === 'client' ? 'client' : 'server'
    const far = this.#leg === 'client' ? 'to-server' : 'to-client'
    const near = far === 'to-server' ? 'to-client' : 'to-server'
    return party === peer ? far : near
  }

  #notesBetween(direction: Direction, from: number, to: number): readonly string[] {
    const notes = this.#notes.at.filter(
      note => note.direction === direction && note.offset >= from && note.offset < to && !this.#said.has(note),
    )
    for (const note of notes) this.#said.add(note)
    return notes.map(({ text }) => text)
  }

  #with(packet: SeenPacket, comments: readonly string[]): LegPacket {
    return { ...packet, leg: this.#leg, comments }
  }
}
