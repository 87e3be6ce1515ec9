import type { ActedEvent } from '../../../../src/model/acted-event.ts'
import type { Direction } from '../../../../src/model/party.ts'
import type { ActingCore, ActingPorts, Elsewhere, ElsewhereAnswer } from '../../../../src/proxy/relay/acting/core.ts'
import type { Claims } from '../../../../src/rules/claims.ts'

/** One side says something, or ends. */
export type Step = readonly [direction: Direction, text: string | Uint8Array | 'end']

export interface Outcome {
  readonly server: string
  readonly client: string
  /** Directions that ended, and how both legs were. */
  readonly ends: readonly string[]
}

type Make = (claims: Claims, ports: ActingPorts) => ActingCore

/** A core between two sides that write down what they get. */
export class ActingScript {
  readonly core: ActingCore
  readonly got: Record<Direction, Buffer[]> = { 'to-server': [], 'to-client': [] }
  readonly ends: string[] = []
  readonly events: { readonly exchange: number; readonly event: ActedEvent }[] = []
  readonly own: Record<Direction, string> = { 'to-server': '', 'to-client': '' }
  readonly reads: Record<Direction, boolean> = { 'to-server': true, 'to-client': true }
  readonly writes: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }
  /** Whether the receiver takes more. */
  readonly room: Record<Direction, boolean> = { 'to-server': true, 'to-client': true }

  constructor(
    make: Make,
    claims: Partial<Claims>,
    elsewhere: (asked: Elsewhere) => Promise<ElsewhereAnswer> = () => Promise.reject(new Error('nobody is there')),
  ) {
    const none = () => undefined
    this.core = make(
      { request: none, response: none, webSocket: none, ...claims },
      {
        write: (direction, bytes) => {
          this.got[direction].push(Buffer.from(bytes))
          this.writes[direction]++
          return this.room[direction]
        },
        end: direction => void this.ends.push(direction),
        flow: (direction, reads) => {
          this.reads[direction] = reads
        },
        destroy: how => void this.ends.push(how),
        acted: (exchange, event) => void this.events.push({ exchange, event }),
        serverContent: (_exchange, direction, bytes) => {
          this.own[direction] += Buffer.from(bytes).toString('latin1')
        },
        elsewhere,
      },
    )
  }

  /** Says it in one piece, and spoils the memory afterwards. */
  say(direction: Direction, said: string | Uint8Array): void {
    if (said === 'end') return this.core.end(direction)
    const bytes = Uint8Array.from(Buffer.from(said as string, 'latin1'))
    this.core.push(direction, bytes)
    bytes.fill(0xaa)
  }

  get outcome(): Outcome {
    const text = (direction: Direction): string => Buffer.concat(this.got[direction]).toString('latin1')
    return { server: text('to-server'), client: text('to-client'), ends: [...this.ends] }
  }

  /** Waits until verdicts that are given later have been performed. */
  async settled(): Promise<Outcome> {
    for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve))
    return this.outcome
  }

  told<T extends ActedEvent['type']>(type: T): Extract<ActedEvent, { type: T }>[] {
    return this.events.map(({ event }) => event).filter(event => event.type === type) as never
  }
}

/** Every way to cut the steps: whole, one byte at a time, and each step in two at each of its bytes. */
export function* everyCut(steps: readonly Step[]): Generator<readonly Step[]> {
  const bytesOf = (said: string | Uint8Array) => Buffer.from(said as string, 'latin1')
  yield steps
  yield steps.flatMap(([direction, said]): readonly Step[] =>
    said === 'end' ? [[direction, said]] : Array.from(bytesOf(said), byte => [direction, Uint8Array.of(byte)] as const),
  )
  for (const [index, [direction, said]] of steps.entries()) {
    if (said === 'end') continue
    const bytes = bytesOf(said)
    for (let cut = 1; cut < bytes.length; cut++)
      yield [
        ...steps.slice(0, index),
        [direction, bytes.subarray(0, cut)],
        [direction, bytes.subarray(cut)],
        ...steps.slice(index + 1),
      ]
  }
}
