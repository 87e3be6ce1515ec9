import assert from 'node:assert/strict'
import { test } from 'node:test'
import { belowTlsOf, LaneEnds, survey } from '../../../src/export/pcapng/survey.ts'
import type { BelowTls } from '../../../src/store/below-tls.ts'
import { connectionOf } from '../../store/samples.ts'

const wire = (leg: 'client' | 'upstream', offset: number, hex: string): BelowTls => ({
  ...{ kind: 'wire', leg, direction: 'to-server' },
  chunk: { at: 1, offset, bytes: Buffer.from(hex, 'hex') },
})
const key = (leg: 'client' | 'upstream', line: string): BelowTls => ({ kind: 'key', leg, line })
const header: BelowTls = {
  ...{ kind: 'header', leg: 'client', direction: 'to-server' },
  header: { at: 1, offset: 90, type: 23, version: 0x303, length: 7 },
}

/** Two entries a page. */
const source = (entries: readonly BelowTls[]) => ({
  belowTls: (_: number, from: number) => ({
    entries: entries.slice(from, from + 2),
    ...(from + 2 < entries.length && { next: from + 2 }),
  }),
})
const hello = '16030100050100000103'
const random = 'ab'.repeat(32)

test('all pages are read, in order', () => {
  const entries = [wire('client', 0, '01'), header, wire('upstream', 0, '02'), key('client', 'X 00 11'), header]
  assert.deepEqual([...belowTlsOf(source(entries), 1)], entries)
  assert.deepEqual([...belowTlsOf(source([]), 1)], [])
})

test('keys that other programs know are told once, and whose leg speaks TLS', () => {
  const line = `CLIENT_RANDOM ${random} ${'00'.repeat(48)}`
  const entries = [
    ...[
      key('client', line),
      key('upstream', line),
      key('client', `RESUMPTION_PSK ${random} 00`),
      key('client', 'what ever'),
    ],
    ...[wire('client', 9, hello), wire('upstream', 0, Buffer.from('GET / HTTP').toString('hex'))],
  ]
  const connection = connectionOf(1, { client: { tlsStartsAt: { toServer: 9, toClient: 0 } }, upstream: {} })
  const known = survey(source(entries), connection)
  assert.deepEqual(known.keys, [line])
  assert.deepEqual(known.speaksTls, { client: true, upstream: false })
  assert.equal(known.hasHeaders, false)
  assert.equal(survey(source([header]), connection).hasHeaders, true)
})

test('of a long leg only the beginning is kept in mind', () => {
  const entries = [wire('client', 0, hello), wire('client', 200_000, '00')]
  const { beginnings } = survey(source(entries), connectionOf(1))
  assert.deepEqual(
    beginnings.client.chunks['to-server'].map(({ offset }) => offset),
    [0],
  )
})

test('what is missing of a lane is counted, and what comes twice is not', () => {
  const ends = new LaneEnds()
  const entries = [
    wire('client', 0, '0102'),
    wire('client', 5, '03'),
    wire('client', 4, '0203'),
    wire('upstream', 3, '04'),
  ]
  assert.deepEqual(
    entries.map(entry => entry.kind === 'wire' && ends.take(entry)),
    [0, 2, 6, 0],
  )
  assert.deepEqual(ends.missing, { client: 3, upstream: 3 })
  assert.deepEqual(survey(source(entries), connectionOf(1)).missing, { client: 3, upstream: 3 })
})
