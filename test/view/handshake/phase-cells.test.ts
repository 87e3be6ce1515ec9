import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phaseCells } from '../../../src/view/handshake/phase-cells.ts'
import { makeConnection, makeHandshake, openedAt } from '../../compare/make.ts'

const record = (type: number, length: number, over: object = {}) =>
  ({
    direction: 'to-server',
    at: openedAt + 9,
    offset: 0,
    type,
    version: 0x0303,
    length,
    encrypted: true,
    opened: false,
    ...over,
  }) as const

test('a leg that was never dialled has no phases', () => {
  const { upstream: _, ...connection } = makeConnection()
  assert.deepEqual(phaseCells(connection, 'upstream', undefined), [])
})

test('an address that was not looked up has no DNS', () => {
  const lookup = { name: '::1', addresses: ['::1'], startedAt: openedAt, endedAt: openedAt, literal: true }
  const cells = phaseCells(makeConnection({ upstream: { lookup, dialledAt: openedAt } }), 'upstream', undefined)
  assert.deepEqual(
    cells.map(({ title, detail }) => `${title} ${detail}`),
    ['TCP SYN → …'],
  )
})

test('a name without addresses is bad news', () => {
  const lookup = { name: 'a.example', addresses: [], startedAt: openedAt, endedAt: openedAt + 3, literal: false }
  const [cell] = phaseCells(makeConnection({ upstream: { lookup } }), 'upstream', undefined)
  assert.deepEqual([cell?.title, cell?.tone, cell?.facts], ['DNS', 'bad', ['a.example', 'no address']])
})

test('CONNECT tells its bytes as TCP counts them', () => {
  const connection = makeConnection({ client: { tlsStartsAt: { toServer: 120, toClient: 39 } } })
  assert.match(phaseCells(connection, 'client', undefined)[1]?.facts.join() ?? '', /Seq=1 Len=120 {2}Ack=121/)
})

test('how the client came in is told, and inside which connection', () => {
  const titles = (['socks5', 'http2-connect', 'tls'] as const).map(
    entrance => phaseCells(makeConnection({ entrance }), 'client', undefined)[1]?.title,
  )
  assert.deepEqual(titles, ['SOCKS5', 'HTTP/2 CONNECT', 'TLS to the proxy'])
  assert.equal(phaseCells(makeConnection({ within: 3 }), 'client', undefined)[0]?.detail, 'inside connection c3')
})

test('the process stands with the accepted connection, its long command line cut', () => {
  const process = { pid: 7, name: 'ev\x1b[2Jil', command: `ev\x1b[2Jil ${'x'.repeat(500)}` }
  const [accepted] = phaseCells(makeConnection({ process }), 'client', undefined)
  const [from, name, command = ''] = accepted!.facts
  assert.match(from!, /^from /)
  assert.equal(name, 'process ev\\x1b[2Jil (pid 7)')
  assert.match(command, /^ev\\x1b\[2Jil x+…$/)
  assert.ok(command.length <= 66)
  const silent = phaseCells(makeConnection({ process: { ...process, command: '' } }), 'client', undefined)
  assert.equal(silent[0]!.facts.length, 2)
})

test('application data counts by direction, and only application data', () => {
  const handshake = makeHandshake([], {
    records: [
      record(22, 500),
      record(23, 40, { innerType: 22 }),
      record(23, 1000, { headerOnly: true }),
      record(23, 2000, { innerType: 23, direction: 'to-client' }),
    ],
  })
  const cell = phaseCells(makeConnection(), 'client', handshake).find(({ title }) => title === 'application data')
  assert.deepEqual(
    [cell?.detail, cell?.facts],
    ['2 records', ['→ 1.0k ← 2.0k in records', '1 record not kept, but for the headers']],
  )
})

test('where bytes below TLS were not kept, their place says so', () => {
  const holes = [{ direction: 'to-client', at: openedAt + 7, offset: 100, length: 1234 }] as const
  const cells = phaseCells(makeConnection(), 'client', makeHandshake([], { holes }))
  const cell = cells.find(({ title }) => title === 'not kept')
  assert.deepEqual([cell?.at, cell?.arrow, cell?.detail, cell?.tone], [7, '←', '1 234 B', 'bad'])
})

test('the end says whose it was, and a reset is bad news', () => {
  const connection = makeConnection({ client: { closed: { at: openedAt + 40, by: 'client', how: 'reset' } } })
  const cell = phaseCells(connection, 'client', undefined).at(-1)
  assert.deepEqual([cell?.title, cell?.detail, cell?.tone, cell?.at], ['RST', 'from the client', 'bad', 40])
})

test('another proxy on the way is named, with how long it took to open the way', () => {
  const via = { scheme: 'socks5', host: 'p\x1b', port: 1080 }
  const dialled = { via, dialledAt: openedAt, connectedAt: openedAt + 5 }
  const told = (upstream: object) =>
    phaseCells(makeConnection({ upstream }), 'upstream', undefined)
      .slice(1)
      .map(({ at, title, detail, facts }) => [at, title, detail, facts.join()])
  assert.deepEqual(told({ ...dialled, tunnelledAt: openedAt + 12 }), [
    [5, 'via', 'socks5://p\\x1b:1080', 'way to the server stands, 7.0 ms'],
  ])
  assert.deepEqual(told(dialled), [[5, 'via', 'socks5://p\\x1b:1080', '']])
  assert.deepEqual(told({ via }), [])
})

test('where Parley itself asks, there is no client that came: what it asks, and why', () => {
  const asked = (over: object) => {
    const [first] = phaseCells(makeConnection({ client: {}, ...over }), 'client', undefined)
    return [first!.title, first!.facts]
  }
  assert.deepEqual(asked({ entrance: 'replay', origin: 12 }), ['repeated, to', ['flow #12 again']])
  assert.deepEqual(asked({ entrance: 'elsewhere', within: 3 }), ['asked elsewhere, at', ['for connection c3']])
})
