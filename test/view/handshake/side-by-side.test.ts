import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LegPair } from '../../../src/compare/compare.ts'
import { connectionTable } from '../../../src/view/handshake/side-by-side.ts'
import type { Cell, Row } from '../../../src/view/table.ts'
import {
  certificateOf,
  helloOf,
  makeConnection,
  makeHandshake,
  makeHello,
  modern,
  openedAt,
  type Said,
} from '../../compare/make.ts'
import { recordedPair } from '../recorded.ts'

const cellsOf = (rows: readonly Row[], leg: 'client' | 'upstream'): Cell[] => rows.flatMap(row => row[leg] ?? [])
const rowWith = (rows: readonly Row[], title: string) => rows.find(row => row.client?.title === title)

test('every message of both legs has one cell, in order of time', async () => {
  const pair = await recordedPair()
  const { rows } = connectionTable(pair)
  for (const leg of ['client', 'upstream'] as const) {
    const cells = cellsOf(rows, leg)
    const indexes = cells.flatMap(cell => (cell.message ? [cell.message.index] : []))
    assert.deepEqual(
      indexes,
      pair[leg]!.messages.map((_, i) => i),
    )
    const times = cells.map(cell => cell.at!)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
  }
})

test('the phases of a connection are told from the name to the end', async () => {
  const { rows } = connectionTable(await recordedPair())
  const plain = (leg: 'client' | 'upstream') =>
    cellsOf(rows, leg)
      .filter(cell => !cell.message)
      .map(cell => cell.title)
  assert.deepEqual(plain('client').slice(0, 2), ['TCP', 'CONNECT'])
  assert.deepEqual(plain('upstream').slice(0, 2), ['DNS', 'TCP'])
  assert.equal(plain('client').at(-1), 'FIN')
  assert.equal(plain('upstream').at(-1), 'RST')
})

test('the two ClientHellos share a row, and its mark tells of the mirror', async () => {
  const { rows } = connectionTable(await recordedPair())
  const row = rowWith(rows, 'ClientHello')
  assert.equal(row?.upstream?.title, 'ClientHello')
  assert.equal(row?.mark, '~')
  assert.match(row?.why ?? '', /key_share/)
})

test('a weaker leg marks the client’s ServerHello, with nothing beside it', async () => {
  const { rows } = connectionTable(await recordedPair())
  const row = rowWith(rows, 'ServerHello')
  assert.equal(row?.mark, '!')
  assert.equal(row?.upstream, undefined)
})

test('encrypted messages stand in braces, those in clear do not', async () => {
  const titles = cellsOf(connectionTable(await recordedPair()).rows, 'client').map(cell => cell.title)
  assert.ok(titles.includes('{Certificate}') && titles.includes('{Finished ✓}') && titles.includes('ServerHello'))
  const upstream = cellsOf(connectionTable(await recordedPair()).rows, 'upstream').map(cell => cell.title)
  assert.ok(upstream.includes('Certificate'))
})

const pairOf = (client: readonly Said[], upstream?: readonly Said[]): LegPair => ({
  connection: makeConnection({ client: {} }),
  client: makeHandshake(client, {}, modern),
  ...(upstream && { upstream: makeHandshake(upstream, {}, modern) }),
})

test('neighbours in time from different legs share a row', () => {
  const done: Said = ['to-client', { name: 'server_hello_done' }, 10]
  const flushed: Said = ['to-client', { name: 'hello_request' }, 9]
  const hello = helloOf(makeHello())
  const { rows } = connectionTable(pairOf([hello, done], [hello, flushed]))
  assert.equal(rowWith(rows, 'ServerHelloDone')?.upstream?.title, 'HelloRequest')
})

test('without an upstream leg the client’s messages stand alone and unmarked', () => {
  const { rows } = connectionTable(pairOf([helloOf(makeHello()), certificateOf('to-client')]))
  assert.ok(rowWith(rows, 'Certificate'))
  assert.deepEqual(
    rows.filter(row => row.mark),
    [],
  )
})

test('nothing from the network reaches a cell unescaped', () => {
  const hostile = '\x1b[8m\u202eevil\x07'
  const hello = helloOf(makeHello({ serverName: hostile, alpn: [hostile] }))
  const connection = makeConnection({ target: { host: hostile, port: 1 }, serverName: hostile })
  const lookup = { name: hostile, addresses: [hostile], startedAt: openedAt, endedAt: openedAt, literal: false }
  const agreed = { version: hostile, cipherSuite: hostile, alpn: hostile, resumed: false }
  const upstream = { lookup, dialledAt: openedAt, remote: { address: hostile, port: 1 }, agreed, secureAt: openedAt }
  const handshake = makeHandshake([hello], {
    remarks: [{ code: 'x', message: hostile, at: 0 }],
    negotiated: { ...makeHandshake([]).negotiated, alpn: hostile },
  })
  const table = connectionTable({ connection: { ...connection, upstream }, client: handshake, upstream: handshake })
  assert.doesNotMatch(JSON.stringify(table), /\\u001b|\\u0007|\u202e/)
  assert.match(JSON.stringify(table), /u\{202e\}/)
})

test('a handshake of ten thousand messages is laid out', () => {
  const many = Array.from(
    { length: 10_000 },
    (_, i): Said => ['to-server', { name: 'key_update', requested: false }, i],
  )
  assert.equal(connectionTable(pairOf(many, many)).rows.flatMap(row => (row.client?.message ? [1] : [])).length, 10_000)
})

test('application data in one packet with the end of the handshake stands after it', () => {
  const finished: Said = ['to-server', { name: 'finished', verifyData: new Uint8Array() }, 5]
  const pair = pairOf([finished])
  const data = { direction: 'to-server', at: openedAt + 5, offset: 0, type: 23, version: 0x303, length: 9 } as const
  const client = { ...pair.client!, records: [{ ...data, encrypted: true, opened: true }] }
  const titles = cellsOf(connectionTable({ ...pair, client }).rows, 'client').map(cell => cell.title)
  assert.deepEqual(titles.slice(-2), ['Finished', 'application data'])
})
