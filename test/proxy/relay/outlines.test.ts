import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Direction } from '../../../src/model/party.ts'
import { observePlain } from '../../../src/observe/plain-observer.ts'
import { outlines } from '../../../src/proxy/relay/outlines.ts'
import type { Slab } from '../../../src/tape/entry.ts'
import type { Lane } from '../../../src/tape/recording.ts'
import { SlabWriter } from '../../../src/tape/slab-writer.ts'
import { client, context, type Part, server, Transcript } from '../../observe/transcript.ts'
import { logOf } from '../../tape/tape-log.ts'
import { block, frameBytes, preface } from '../../wire/http2/frame-bytes.ts'
import { webSocketFrame } from '../../wire/websocket/frame-bytes.ts'

/** What an observer tells whose recorder reads only the first slabs in time; bodies as what they count. */
function observedLate(parts: readonly Part[], chunk: number, mostSlabs = 60): { lines: string[]; missed: number } {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: 1024, mostSlabs, lingerMs: 1 })
  const outline = outlines()
  const lane = (direction: Direction): Lane => ({
    connection: 1,
    leg: 'client',
    direction,
    outline: outline[direction],
  })
  const lanes = { 'to-server': lane('to-server'), 'to-client': lane('to-client') }
  for (const [direction, what] of parts) {
    const bytes = Buffer.from(what as string | Uint8Array)
    for (let at = 0; at < bytes.length; at += chunk) writer.content(lanes[direction], 0, bytes.subarray(at, at + chunk))
  }
  writer.contentEnd(lanes['to-client'], 0)
  writer.flush()
  const transcript = new Transcript()
  const observer = observePlain(context, undefined, transcript)
  let missed = 0
  for (const entry of logOf(slabs)) {
    if (entry.kind !== 'gap' && entry.kind !== 'content') continue
    const direction = entry.stream.endsWith('to-server') ? 'to-server' : 'to-client'
    if (entry.kind === 'content') observer.push(direction, 0, entry.bytes)
    else observer.gap(direction, 0, entry.length)
    if (entry.kind === 'gap') missed += entry.length
  }
  observer.close(0, 'client', 'the client reset the connection')
  return { lines: summed(transcript.lines), missed }
}

/** Body lines as one line with their length, at the end of the message. */
function summed(lines: readonly string[]): string[] {
  const lengths = new Map<string, number>()
  return lines.flatMap(line => {
    const [, side, body, dropped] = /^(\d+ \w+) (?:body (.*)|dropped (\d+))$/s.exec(line) ?? []
    if (side) lengths.set(side, (lengths.get(side) ?? 0) + (body?.length ?? Number(dropped)))
    const ended = /^(\d+ \w+) ended/.exec(line)?.[1]
    if (ended) return [`${ended} ended with ${lengths.get(ended) ?? 0}`]
    return side ? [] : [line.replace(/ \{.*/, '')]
  })
}

const settings = frameBytes(4, 0, 0)
const get = (stream: number) =>
  frameBytes(1, 5, stream, block([':method', 'GET'], [':scheme', 'https'], [':path', '/'], [':authority', 'a']))
const ok = (stream: number) => frameBytes(1, 4, stream, block([':status', '200']))
const data = (stream: number, length: number, flags = 0) => frameBytes(0, flags, stream, Buffer.alloc(length, 'd'))
const padded = (stream: number, length: number) => frameBytes(0, 8, stream, Buffer.alloc(length, 40))

test('three HTTP/2 downloads past a full tape are whole: status, length, end, and nobody accused', () => {
  const streams = [1, 3, 5]
  const rounds = Array.from({ length: 40 }, () => streams.flatMap(stream => [data(stream, 5000), padded(stream, 700)]))
  const ends = streams.map(stream => data(stream, 10, 1))
  const body = 40 * (5000 + 700 - 41) + 10
  for (const chunk of [700, 16_384, 65_536]) {
    const { lines, missed } = observedLate(
      [
        client(Buffer.concat([preface, settings, ...streams.map(get)])),
        server(Buffer.concat([settings, ...streams.map(ok), ...rounds.flat(), ...ends])),
        client(get(7)),
        server(Buffer.concat([ok(7), data(7, 20, 1)])),
      ],
      chunk,
    )
    assert.ok(missed > 100_000, `${missed} bytes missed of chunks of ${chunk}`)
    assert.deepEqual(
      lines.filter(line => /aborted|problem/.test(line)),
      [],
    )
    for (const stream of streams) assert.ok(lines.includes(`${stream} response ended with ${body}`), lines.join('\n'))
    assert.ok(lines.includes('7 response ended with 20'))
  }
})

const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const chunks = (count: number) => `${'7d0;x=1\r\n'}${'c'.repeat(2000)}\r\n`.repeat(count)

test('HTTP/1 downloads past a full tape are whole, and the next exchange is followed', () => {
  for (const chunk of [700, 16_384, 65_536]) {
    const { lines, missed } = observedLate(
      [
        client(request),
        server(`HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${'b'.repeat(300_000)}`),
        client(request),
        server(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks(150)}0\r\n\r\n`),
        client(request),
        server('HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno'),
      ],
      chunk,
    )
    assert.ok(missed > 100_000, `${missed} bytes missed of chunks of ${chunk}`)
    assert.deepEqual(
      lines.filter(line => /aborted|problem/.test(line)),
      [],
    )
    assert.deepEqual(
      lines.filter(line => line.includes('response ended')),
      ['1 response ended with 300000', '2 response ended with 300000', '3 response ended with 2'],
    )
  }
})

test('WebSocket frames past a full tape are followed to the closing one', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  const frames = Array.from({ length: 60 }, () => webSocketFrame(2, Buffer.alloc(3000), false))
  const { lines, missed } = observedLate(
    [
      client(`GET / HTTP/1.1\r\nHost: a\r\n${upgrade}`),
      server(Buffer.concat([Buffer.from(`HTTP/1.1 101 Go\r\n${upgrade}`), ...frames])),
      client(Buffer.concat(Array.from({ length: 60 }, () => webSocketFrame(2, Buffer.alloc(3000), true)))),
      server(Buffer.concat([...frames, webSocketFrame(8, Buffer.from([3, 232]), false)])),
    ],
    4096,
  )
  assert.ok(missed > 100_000)
  assert.deepEqual(
    lines.filter(line => /aborted|problem/.test(line)),
    [],
  )
})

test('whatever passes, kept and missed together are the stream', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      request,
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      '5\r\nhello\r\n',
      preface,
      settings,
    ),
    fc.uint8Array({ maxLength: 4000 }),
  )
  const step = fc.record({ piece, fromClient: fc.boolean(), behind: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      const pair = outlines()
      for (const { piece, fromClient, behind } of steps) {
        const bytes = Buffer.from(piece as Uint8Array)
        const outline = pair[fromClient ? 'to-server' : 'to-client']
        if (!behind) outline.follow(bytes)
        let at = 0
        const keep = (part: Uint8Array): void => {
          assert.deepEqual(Buffer.from(part), bytes.subarray(at, at + part.length))
          at += part.length
        }
        if (behind) outline.cut(bytes, keep, length => (at += length))
        if (behind) assert.equal(at, bytes.length)
      }
    }),
  )
})

test('what is kept of a long download past a full tape is a small part of it', () => {
  let sent = 0
  const writer = new SlabWriter(() => sent++, { slabBytes: 4096, mostSlabs: 4, lingerMs: 1 })
  const outline = outlines()['to-client']
  const lane: Lane = { connection: 1, leg: 'client', direction: 'to-client', outline }
  writer.content(lane, 0, settings)
  for (let i = 0; i < 400; i++) writer.content(lane, 0, data(1, 16_384))
  assert.ok(sent < 16, `${sent} slabs for 400 frames of four slabs each`)
})
