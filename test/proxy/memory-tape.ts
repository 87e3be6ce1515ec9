import type { ActedEvent } from '../../src/model/acted-event.ts'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import type { Direction, LegName } from '../../src/model/party.ts'
import type { Problem } from '../../src/model/problem.ts'
import type { Tape } from '../../src/proxy/ports.ts'
import type { Lane } from '../../src/tape/recording.ts'

type LaneName = `${LegName} ${Direction}`

interface Part {
  readonly connection: number
  /** As in 'client to-server'. */
  readonly lane: LaneName
  readonly position: number
  readonly bytes: Buffer
  /** Whose it is on the upstream leg. */
  readonly exchange: number | undefined
}

/** A tape that remembers all it is told, with bytes copied. */
export class MemoryTape implements Tape {
  readonly events: { readonly connection: number; readonly at: number; readonly event: ConnectionEvent }[] = []
  readonly wires: Part[] = []
  readonly headers: Part[] = []
  readonly contents: Part[] = []
  /** What the server gets in place of the head of an exchange. */
  readonly heads: { readonly exchange: number; readonly text: string }[] = []
  readonly acts: { readonly connection: number; readonly exchange: number; readonly event: ActedEvent }[] = []
  readonly ends: { readonly connection: number; readonly lane: LaneName }[] = []
  readonly keys: { readonly connection: number; readonly leg: LegName; readonly line: string }[] = []
  readonly #waiting = new Set<() => void>()

  event(connection: number, at: number, event: ConnectionEvent): void {
    this.events.push({ connection, at, event })
    for (const wake of this.#waiting) wake()
  }
  wire(lane: Lane, _at: number, position: number, bytes: Uint8Array): void {
    this.wires.push(partOf(lane, position, bytes))
  }
  recordHeaders(lane: Lane, _at: number, packed: Uint8Array): void {
    this.headers.push(partOf(lane, 0, packed))
  }
  content(lane: Lane, _at: number, bytes: Uint8Array): void {
    this.contents.push(partOf(lane, 0, bytes))
  }
  head(lane: Lane, _at: number, bytes: Uint8Array): void {
    this.heads.push({ exchange: lane.exchange ?? 0, text: Buffer.from(bytes).toString('latin1') })
  }
  acted(connection: number, exchange: number, _at: number, event: ActedEvent): void {
    this.acts.push({ connection, exchange, event })
  }
  contentEnd(lane: Lane): void {
    this.ends.push({ connection: lane.connection, lane: nameOf(lane) })
  }
  keyLog(connection: number, leg: LegName, _at: number, line: Uint8Array): void {
    this.keys.push({ connection, leg, line: Buffer.from(line).toString('latin1') })
  }

  /** Events of one type, in order; of one connection where it is given. */
  told<T extends ConnectionEvent['type']>(type: T, connection?: number): Extract<ConnectionEvent, { type: T }>[] {
    return this.events.flatMap(told =>
      told.event.type === type && (connection === undefined || told.connection === connection)
        ? [told.event as Extract<ConnectionEvent, { type: T }>]
        : [],
    )
  }

  /** Events of one connection, by name, in order. */
  story(connection: number): readonly string[] {
    return this.events.filter(told => told.connection === connection).map(({ event }) => event.type)
  }

  problems(connection?: number): readonly Problem[] {
    return this.told('failed', connection).map(({ problem }) => problem)
  }

  codes(connection?: number): readonly string[] {
    return this.problems(connection).map(({ code }) => code)
  }

  contentText(leg: LegName, direction: Direction, connection?: number): string {
    const lane = nameOf({ leg, direction })
    const parts = this.contents.filter(
      part => part.lane === lane && part.connection === (connection ?? part.connection),
    )
    return Buffer.concat(parts.map(({ bytes }) => bytes)).toString('latin1')
  }

  /** Resolves when so many connections have closed. */
  async closed(count = 1): Promise<void> {
    while (this.told('closed').length < count) {
      await new Promise<void>(resolve => {
        const wake = (): void => {
          this.#waiting.delete(wake)
          resolve()
        }
        this.#waiting.add(wake)
      })
    }
  }
}

const nameOf = ({ leg, direction }: Omit<Lane, 'connection'>): LaneName => `${leg} ${direction}`

const partOf = (lane: Lane, position: number, bytes: Uint8Array): Part => ({
  connection: lane.connection,
  lane: nameOf(lane),
  position,
  bytes: Buffer.from(bytes),
  exchange: lane.exchange,
})
