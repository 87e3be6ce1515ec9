/** What a bad line, a bad client or a bad server makes of a conversation, and what an observer must tell of it all the same. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { FrameTap, MessageTap, PlainSink } from '../../src/observe/plain.ts'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { MessageAssembler } from '../../src/observe/websocket/message-assembler.ts'
import { context, type Part, Transcript } from './transcript.ts'

/** One thing that goes wrong. `at` counts the bytes of both directions in the order they came; `length` is in bytes. */
export interface Damage {
  readonly what: 'flip' | 'drop' | 'double' | 'insert' | 'lose' | 'reflect' | 'cut'
  readonly at: number
  readonly length: number
  readonly noise: Uint8Array
}

/** How a conversation goes wrong, how it ends, and where the network cuts it. */
export interface Accident {
  readonly damages: readonly Damage[]
  /** The directions that end with a FIN before the connection is gone. */
  readonly fins: readonly ('to-server' | 'to-client')[]
  /** Lengths of the pieces, over and over. */
  readonly cuts: readonly number[]
}

/** Bytes that mean something somewhere in one of the protocols. */
const words = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    ' ',
    ':',
    ',',
    '0\r\n\r\n',
    'ffffffffffffff\r\n',
    'HTTP/1.1 ',
    'HTTP/1.1 101 x\r\n\r\n',
  ],
  ...[
    'Content-Length: 5\r\n',
    'Content-Length: 18446744073709551616\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Host: b\r\n',
  ],
  ...[
    'GET / HTTP/1.1\r\n\r\n',
    'Upgrade: websocket\r\n',
    'CONNECT a:1 HTTP/1.1\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ],
  ...[
    '\0\0\0\x04\0\0\0\0\0',
    '\0\0\x04\x03\0\0\0\0\x01\0\0\0\x08',
    '\xff\xff\xff\0\0\0\0\0\x01',
    '\0\0\x01\x01\x2d\0\0\0\x01\x05',
  ],
  ...[
    '\0\0\0\x09\x04\0\0\0\x01',
    '\0\0\x08\x07\0\0\0\0\0\0\0\0\x01\0\0\0\x02',
    '\x88\0',
    '\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff',
  ],
].map(word => Uint8Array.from(word, c => c.charCodeAt(0)))

const damage: fc.Arbitrary<Damage> = fc.record({
  what: fc.constantFrom('flip', 'drop', 'double', 'insert', 'lose', 'reflect', 'cut'),
  at: fc.nat(),
  length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })),
  noise: fc.oneof(fc.constantFrom(...words), fc.uint8Array({ minLength: 1, maxLength: 12 })),
})

export const accidents: fc.Arbitrary<Accident> = fc.record({
  damages: fc.array(damage, { maxLength: 4 }),
  fins: fc.subarray(['to-server', 'to-client'] as const),
  cuts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
})

const bytesOf = (what: Part[1]): Uint8Array | undefined =>
  typeof what === 'string' && what !== 'FIN'
    ? Buffer.from(what, 'latin1')
    : what instanceof Uint8Array
      ? what
      : undefined

const lengthOf = ([, what]: Part): number => bytesOf(what)?.length ?? 0

/** The conversation with one damage done to it. */
export function damaged(parts: readonly Part[], { what, at, length, noise }: Damage): Part[] {
  let offset =
    at %
    Math.max(
      1,
      parts.reduce((sum, part) => sum + lengthOf(part), 0),
    )
  const index = parts.findIndex(part => {
    if (offset < lengthOf(part)) return true
    offset -= lengthOf(part)
    return false
  })
  const hit = parts[index]
  if (hit === undefined) return [...parts]
  const [direction] = hit
  const bytes = bytesOf(hit[1])!
  const [before, range, after] = [
    bytes.subarray(0, offset),
    bytes.subarray(offset, offset + length),
    bytes.subarray(offset + length),
  ]
  const around = (...middle: Part[]): Part[] => [
    ...parts.slice(0, index),
    [direction, before],
    ...middle,
    [direction, after],
    ...parts.slice(index + 1),
  ]
  switch (what) {
    case 'flip':
      return around([direction, range.map((byte, i) => byte ^ noise[i % noise.length]!)])
    case 'drop':
      return around()
    case 'double':
      return around([direction, range], [direction, range])
    case 'insert':
      return around([direction, noise], [direction, range])
    case 'lose':
      return around([direction, range.length])
    case 'reflect':
      return around([direction === 'to-server' ? 'to-client' : 'to-server', range])
    case 'cut':
      return [...parts.slice(0, index), [direction, before]]
  }
}

interface Flow {
  request: boolean
  response: boolean
  aborted: boolean
  responded: boolean
}

const parties = ['client', 'server', 'parley']

/** A transcript that refuses what no flow may do: begin twice, go on after its end, have a problem without a name. */
class Ledger extends Transcript {
  readonly flows = new Map<number, Flow>()

  override open(...args: Parameters<PlainSink['open']>): void {
    const [key] = args
    assert.ok(!this.flows.has(key), `flow ${key} is opened twice`)
    this.flows.set(key, { request: false, response: false, aborted: false, responded: false })
    super.open(...args)
  }

  override event(...args: Parameters<PlainSink['event']>): void {
    const [key, event] = args
    const flow = this.flows.get(key)
    assert.ok(flow, `${event.type} of flow ${key}, which was never opened`)
    if (event.type === 'problem') named(event.problem)
    else assert.ok(!flow.aborted, `${event.type} of flow ${key}, which was aborted`)
    if (event.type === 'ended' || event.type === 'body')
      assert.ok(!flow[event.side], `${event.type} of flow ${key}, whose ${event.side} has ended`)
    if (event.type === 'response-head') flow.responded = true
    if ((event.type === 'ended' || event.type === 'body') && event.side === 'response')
      assert.ok(flow.responded, `${event.type} of flow ${key}, which has no response`)
    if (event.type === 'ended') flow[event.side] = true
    if (event.type === 'aborted') {
      assert.ok(parties.includes(event.by) && event.why !== '')
      flow.aborted = true
    }
    super.event(...args)
  }

  override problem(problem: Parameters<PlainSink['problem']>[0]): void {
    named(problem)
    super.problem(problem)
  }
}

function named({ code, blame, message }: Parameters<PlainSink['problem']>[0]): void {
  assert.match(code, /^[a-z0-9]+\/[a-z0-9-]+$/)
  assert.ok(parties.includes(blame) && message !== '')
}

/** What is told of the parts when each comes in pieces of these lengths; at the end every flow is over. */
export function told(parts: readonly Part[], alpn: string | undefined, cuts?: readonly number[]): string[] {
  const ledger = new Ledger()
  const assembler = new MessageAssembler(({ direction, opcode, complete, length, bytes }) =>
    ledger.lines.push(`message ${direction} ${opcode} ${complete} ${length} ${Buffer.from(bytes).toString('latin1')}`),
  )
  const onMessage: MessageTap = (_, message) => assembler.push(message)
  const onFrame: FrameTap = (direction, _, { type, flags, stream, length }, payload) =>
    ledger.lines.push(`frame ${direction} ${type} ${flags} ${stream} ${length} ${payload?.length}`)
  const observer = observePlain(context, alpn, ledger, { onMessage, onFrame })
  let piece = 0
  for (const [direction, what] of parts) {
    const bytes = bytesOf(what)
    if (typeof what === 'number') observer.gap(direction, 0, what)
    else if (bytes === undefined) observer.end(direction, 0)
    else
      for (let at = 0; at < bytes.length; ) {
        const end = cuts ? Math.min(bytes.length, at + cuts[piece++ % cuts.length]!) : bytes.length
        const copy = Buffer.from(bytes.subarray(at, end))
        observer.push(direction, 0, copy)
        copy.fill(0xaa) // as the slab that it lies in is written again
        at = end
      }
  }
  observer.close(0, 'client', 'closed')
  assembler.end()
  for (const [key, { request, response, aborted }] of ledger.flows)
    assert.ok(aborted || (request && response), `flow ${key} never ended:\n${ledger.lines.join('\n')}`)
  return ledger.lines
}

const seed = 20_261_121 // any; a failing run names it and the path to the smallest case

/** Whatever happens to the conversation: nothing throws, every flow ends, and where the bytes are cut changes nothing. */
export function withstands(parts: readonly Part[], alpn: string | undefined, numRuns: number): void {
  fc.assert(
    fc.property(accidents, ({ damages, fins, cuts }) => {
      const bad = [...damages.reduce(damaged, [...parts]), ...fins.map((direction): Part => [direction, 'FIN'])]
      assert.deepEqual(told(bad, alpn, cuts), told(bad, alpn))
    }),
    { numRuns, seed },
  )
}

const lost = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5000 })),
})

/** Whom the lines accuse: a peer's fault, or a peer that left an exchange unfinished. */
const accusations = (lines: readonly string[]): string[] =>
  lines.filter(line => /^(?:\d+ )?problem \S+ (?:client|server)|^\d+ aborted by (?:client|server)/.test(line))

/** Whatever of the conversation is not recorded: nobody but Parley is accused of what is missing. */
export function accusesNobody(parts: readonly Part[], alpn: string | undefined, numRuns: number): void {
  const own = new Set(accusations(told(parts, alpn)).map(line => line.replace(/^\d+ /, '')))
  fc.assert(
    fc.property(fc.array(lost, { minLength: 1, maxLength: 3 }), holes => {
      const kept = holes.reduce<Part[]>(
        (some, hole) => damaged(some, { ...hole, what: 'lose', noise: none }),
        [...parts],
      )
      const found = accusations(told(kept, alpn)).filter(line => !own.has(line.replace(/^\d+ /, '')))
      assert.deepEqual(found, [])
    }),
    { numRuns, seed },
  )
}

const none = new Uint8Array()
