import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LegPacket, LegWriter } from '../../../src/export/pcapng/leg-writer.ts'
import type { Connection, LegClosed } from '../../../src/model/connection.ts'
import { local, origin, remote } from './recorded.ts'

const connection = (closed?: LegClosed): Connection => ({
  id: 1,
  openedAt: 10,
  client: { local, remote, connectedAt: 10, ...(closed && { closed }) },
  upstream: { local, remote: origin, dialledAt: 20, connectedAt: 30, ...(closed && { closed }) },
  problems: [],
})
const notes = {
  first: ['first'],
  at: [
    { direction: 'to-server', offset: 2, text: 'on c' },
    { direction: 'to-client', offset: 2, text: 'never' },
  ],
  last: ['last'],
} as const
const names = ['fin', 'syn', 'rst', 'psh', 'ack']
const told = (packets: Iterable<LegPacket>): string[] =>
  [...packets].map(({ at, bytes, comments }) => {
    const flags = names.filter((_, i) => bytes[33]! & (1 << i) && names[i] !== 'ack').join(' ')
    const from = Buffer.from(bytes).readUInt16BE(20)
    return [at, from, flags, ...comments].filter(word => word !== '').join(' ')
  })
const piece = (at: number, offset: number, text: string) =>
  ({ direction: 'to-server', at, offset, bytes: Buffer.from(text), length: text.length }) as const
const lengths = { 'to-server': 4, 'to-client': 0 }

test('a leg opens before its bytes, and notes are on the packet that they are about', () => {
  const writer = LegWriter.of(connection({ at: 50, by: 'client', how: 'fin' }), 'client', notes, lengths)!
  assert.deepEqual(told(writer.until(9)), [])
  assert.deepEqual(told(writer.take(piece(40, 0, 'ab'))), [
    '10 50000 syn first',
    '10 8080 syn',
    '10 50000',
    '40 50000 psh',
  ])
  assert.equal(writer.isDue(60), false)
  assert.deepEqual(told(writer.take(piece(41, 2, 'cd'))), ['41 50000 psh on c'])
  assert.equal(writer.isDue(49), false)
  assert.equal(writer.isDue(50), true)
  assert.deepEqual(told(writer.until(60)), ['50 50000 fin last'])
  assert.deepEqual(told(writer.finish(70)), ['70 8080 fin', '70 50000'])
})

test('an upstream leg is asked for before it stands', () => {
  const writer = LegWriter.of(connection(), 'upstream', notes, undefined)!
  assert.deepEqual(told(writer.until(25)), ['20 8080 syn first'])
  assert.deepEqual(told(writer.until(35)), ['30 443 syn', '30 8080'])
  assert.deepEqual(told(writer.finish(undefined)), [])
})

test('a reset comes last, from whom it came', () => {
  const server = LegWriter.of(connection({ at: 50, by: 'server', how: 'reset' }), 'upstream', notes, lengths)!
  assert.deepEqual(told(server.finish(70)).at(-1), '50 443 rst last')
  const parley = LegWriter.of(connection({ at: 50, by: 'parley', how: 'reset' }), 'client', notes, lengths)!
  assert.deepEqual(told(parley.finish(70)).at(-1), '50 8080 rst last')
})

test('a leg that never stood has no packets', () => {
  assert.equal(LegWriter.of({ ...connection(), upstream: { remote: origin } }, 'upstream', notes, lengths), undefined)
})
