import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { headerBytes, type Slab, slabHeaderBytes } from '../../src/tape/entry.ts'
import type { Lane } from '../../src/tape/recording.ts'
import { SlabWriter, type SlabWriterOptions } from '../../src/tape/slab-writer.ts'
import { toServer } from './lanes.ts'
import { type Logged, logOf, streamName } from './tape-log.ts'

const smallest = 512 // room for an event; chunks below are up to three times as long

type Step =
  | { readonly do: 'content' | 'wire'; readonly lane: Lane; readonly length: number }
  | { readonly do: 'event' | 'end' | 'read' | 'flush' }

const lane: fc.Arbitrary<Lane> = fc.record({
  connection: fc.constant(1),
  leg: fc.constantFrom('client', 'upstream'),
  direction: fc.constantFrom('to-server', 'to-client'),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('content', 'wire'), lane, length: fc.nat(smallest * 3) }),
  fc.record({ do: fc.constantFrom('event', 'end', 'read', 'flush') }),
)

interface Run {
  readonly slabs: readonly Slab[]
  readonly log: readonly Logged[]
  /** What was written, by stream. */
  readonly written: ReadonlyMap<string, Buffer>
  readonly events: number
}

/** Writes the steps and reads back all that was sent; each 'read' reads the oldest slab, which frees it. */
function run(steps: readonly Step[], options: SlabWriterOptions): Run {
  const slabs: Slab[] = []
  const log: Logged[] = []
  let read = 0
  let counter = 0
  let events = 0
  const written = new Map<string, Buffer[]>()
  const positions = new Map<string, number>()
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: smallest, lingerMs: 1_000_000, ...options })
  const readOne = (): void => {
    const slab = slabs[read]
    if (!slab) return
    read++
    log.push(...logOf([slab]))
  }
  for (const one of steps) {
    if (one.do === 'content' || one.do === 'wire') {
      const bytes = Buffer.from(Array.from({ length: one.length }, () => counter++ & 255))
      const key = `${one.do} ${streamName(one.lane)}`
      written.set(key, [...(written.get(key) ?? []), bytes])
      if (one.do === 'content') writer.content(one.lane, 0, bytes)
      else {
        const position = positions.get(key) ?? 0
        positions.set(key, position + one.length)
        writer.wire(one.lane, 0, position, bytes)
      }
    } else if (one.do === 'event') writer.event(1, 0, { type: 'closed', at: events++ })
    else if (one.do === 'end') writer.contentEnd(toServer, 0)
    else if (one.do === 'flush') writer.flush()
    else readOne()
  }
  writer.contentEnd(toServer, 0) // any entry writes the gaps that are still owed
  writer.flush()
  while (read < slabs.length) readOne()
  return { slabs, log, written: new Map([...written].map(([key, parts]) => [key, Buffer.concat(parts)])), events }
}

/** Walks what was logged of one stream and checks that bytes and gaps are the stream, in order. Returns its length. */
function follow(log: readonly Logged[], stream: string, whole: Buffer): number {
  let at = 0
  for (const entry of log) {
    if (entry.kind === 'gap' && entry.stream === stream) at += entry.length
    if (entry.kind !== 'content' || entry.stream !== stream) continue
    assert.deepEqual(entry.bytes, whole.subarray(at, at + entry.bytes.length), `${stream} at ${at}`)
    at += entry.bytes.length
  }
  return at
}

test('with room for all, every byte comes back in order, whatever the slabs cut', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { log, written } = run(steps, { mostSlabs: 100_000 })
      assert.equal(log.filter(({ kind }) => kind === 'gap').length, 0)
      for (const [key, whole] of written)
        if (key.startsWith('content ')) assert.equal(follow(log, key.slice(8), whole), whole.length)
    }),
  )
})

test('when the recorder is behind, content and gaps together are the stream, exact and in order', () => {
  let gaps = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (steps, mostSlabs) => {
      const { log, written } = run(steps, { mostSlabs })
      gaps += log.filter(({ kind }) => kind === 'gap').length
      for (const [key, whole] of written)
        if (key.startsWith('content ')) assert.equal(follow(log, key.slice(8), whole), whole.length)
    }),
  )
  assert.ok(gaps > 0, 'the property never saw a gap')
})

test('events and wire bytes are never dropped, however far the recorder is behind', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const { log, written, events } = run(steps, { mostSlabs: 1 })
      const seen = log.flatMap(entry => (entry.kind === 'event' && entry.event.type === 'closed' ? entry.event.at : []))
      assert.deepEqual(seen, [...Array(events).keys()])
      for (const [key, whole] of written) {
        if (!key.startsWith('wire ')) continue
        const parts = log.filter(entry => entry.kind === 'wire' && entry.stream === key.slice(5))
        let position = 0
        for (const part of parts as Extract<Logged, { kind: 'wire' }>[]) {
          assert.equal(part.position, position, key)
          assert.deepEqual(part.bytes, whole.subarray(position, position + part.bytes.length))
          position += part.bytes.length
        }
        assert.equal(position, whole.length, key)
      }
    }),
  )
})

test('a gap stands before the bytes that were written after it', () => {
  const slabs: Slab[] = []
  const log: Logged[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: slabHeaderBytes + 68, mostSlabs: 1 })
  writer.content(toServer, 0, Buffer.alloc(38, 1))
  writer.flush()
  writer.content(toServer, 1, Buffer.alloc(50, 2)) // does not fit, and the recorder has the other slab
  writer.content(toServer, 2, Buffer.alloc(60, 3))
  log.push(...logOf(slabs.splice(0)))
  writer.content(toServer, 3, Buffer.from([4]))
  writer.flush()
  log.push(...logOf(slabs))
  const entries = log.map(entry => (entry.kind === 'gap' ? ['gap', entry.at, entry.length] : [entry.kind]))
  assert.deepEqual(entries, [['content'], ['gap', 1, 110], ['content']])
})

test('an event longer than a slab gets a slab of its own size', () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: smallest })
  const serverName = 'x'.repeat(4 * smallest)
  writer.content(toServer, 0, Buffer.from('before'))
  writer.event(1, 0, { type: 'hello-seen', serverName })
  writer.content(toServer, 0, Buffer.from('after'))
  writer.flush()
  const log = logOf(slabs)
  assert.deepEqual(
    log.map(({ kind }) => kind),
    ['content', 'event', 'content'],
  )
  assert.deepEqual(log[1], { kind: 'event', connection: 1, at: 0, event: { type: 'hello-seen', serverName } })
})

test('a slab that was read is written again, and one that was not is left alone', () => {
  const slabs: Slab[] = []
  const size = 100
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: size })
  const fill = (): void => {
    writer.content(toServer, 0, Buffer.alloc(size - slabHeaderBytes - headerBytes))
    writer.flush()
  }
  fill()
  fill()
  logOf([slabs[0]!])
  fill()
  fill()
  const buffers = slabs.map(({ buffer }) => buffer)
  assert.equal(buffers[3], buffers[0])
  assert.equal(new Set(buffers).size, 3)
  assert.ok(buffers.every(({ byteLength }) => byteLength === size))
})

test('each slab says how many are with the recorder, itself included', () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab))
  const send = (): void => {
    writer.contentEnd(toServer, 0)
    writer.flush()
  }
  send()
  send()
  logOf([slabs[0]!])
  send()
  logOf(slabs.slice(1))
  send()
  assert.deepEqual(
    slabs.map(({ behind }) => behind),
    [1, 2, 2, 1],
  )
})

test('a flush with nothing written sends nothing', () => {
  const writer = new SlabWriter(() => assert.fail('sent'))
  writer.flush()
})

test('what is written leaves by itself after it has lingered', async () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { lingerMs: 1 })
  writer.contentEnd(toServer, 0)
  assert.equal(slabs.length, 0)
  while (slabs.length === 0) await wait(1)
  assert.equal(logOf(slabs).length, 1)
})

test('a recorder that reads nothing for long is sent whole slabs, and the headers of frames are not lost', async () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: 4096, mostSlabs: 2, lingerMs: 1 })
  const outline = {
    follow() {},
    cut: (bytes: Uint8Array, keep: (bytes: Uint8Array) => void, miss: (length: number) => void) => {
      keep(bytes.subarray(0, 9))
      miss(bytes.length - 9)
    },
  }
  const frames = 60
  for (let i = 0; i < frames; i++) {
    writer.content({ ...toServer, outline }, 0, Buffer.alloc(1000, i))
    await wait(2)
  }
  writer.flush()
  const log = logOf(slabs)
  const kept = new Set(log.flatMap(entry => (entry.kind === 'content' ? [entry.bytes[0]] : [])))
  assert.equal(kept.size, frames)
  assert.ok(slabs.length <= 6, `${slabs.length} slabs`)
})

test('an idle recorder gets a new connection at once, with what came along', async () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { lingerMs: 1_000_000 })
  const endpoint = { address: '127.0.0.1', port: 1 }
  writer.event(1, 0, { type: 'opened', at: 0, local: endpoint, remote: endpoint })
  writer.content(toServer, 0, Buffer.from('hello'))
  await new Promise(resolve => setImmediate(resolve))
  assert.deepEqual(
    slabs.map(slab => logOf([slab]).length),
    [2],
  )
  writer.event(1, 1, { type: 'closed', at: 1 })
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(slabs.length, 1)
  writer.flush() // and nobody reads it
  writer.event(2, 2, { type: 'opened', at: 2, local: endpoint, remote: endpoint })
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(slabs.length, 2)
  writer.flush()
})

test('slabs that a busy time needed are let go of, and what is written afterwards comes whole', () => {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: smallest, lingerMs: 1_000_000 })
  for (let n = 0; n < 20; n++) writer.content(toServer, 0, Buffer.alloc(smallest))
  const busy = new Set(slabs.map(({ buffer }) => buffer))
  assert.ok(busy.size > 20)
  logOf(slabs) // all are read
  slabs.length = 0
  writer.trim()
  for (let n = 0; n < 20; n++) writer.content(toServer, 0, Buffer.alloc(smallest))
  writer.flush()
  assert.ok(slabs.filter(({ buffer }) => busy.has(buffer)).length <= 1)
  assert.equal(
    follow(logOf(slabs), streamName(toServer), Buffer.alloc(20 * smallest + smallest)) >= 20 * smallest,
    true,
  )
})

test('ciphertext is taken where it is wanted, and goes missing when the recorder is far behind', () => {
  const slabs: Slab[] = []
  const options = { slabBytes: smallest, mostSlabs: 2, lingerMs: 1_000_000 }
  const send = (slab: Slab): void => void slabs.push(slab)
  assert.equal(new SlabWriter(send, options).ciphertext, undefined)
  const writer = new SlabWriter(send, { ...options, keepsCiphertext: true })
  const one = { connection: 1, leg: 'client', direction: 'to-server' } as const
  const piece = Buffer.alloc(100, 7)
  for (let i = 0; i < 1000; i++) writer.ciphertext!(one, i, i * piece.length, piece)
  assert.ok(slabs.length < 10, `${slabs.length} slabs`)
  const places = (log: readonly Logged[]): number[] =>
    log.flatMap(each => (each.kind === 'wire' ? [each.position] : []))
  assert.deepEqual(places(logOf(slabs)).slice(0, 2), [0, 100])
  writer.ciphertext!(one, 2001, 500_000, piece)
  writer.flush()
  assert.equal(places(logOf(slabs.slice(-1))).at(-1), 500_000)
})
