import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Leg, Treatment } from '../../../src/model/connection.ts'
import { traceLines } from '../../../src/view/text/trace-text.ts'
import { width } from '../../../src/view/width.ts'
import { helloOf, makeConnection, makeHandshake, makeHello } from '../../compare/make.ts'
import { entry } from '../make-frames.ts'
import { makeExchange, recordedPair } from '../recorded.ts'

const plain = { color: false }
const traceText = (...of: Parameters<typeof traceLines>): string[] => [...traceLines(...of)]
const exchanges = [{ exchange: makeExchange(), bodies: { response: gzipSync('{"users":[]}') } }]

test('verdict and problems come first, then both legs side by side, comparison and exchange', async () => {
  const pair = await recordedPair()
  const problem = { code: 'tls/reset-by-server', blame: 'server', message: 'the server reset it' } as const
  const connection = { ...pair.connection, problems: [problem], tolerated: problem }
  const lines = traceText({ ...pair, connection }, { exchanges, columns: 140, style: plain })
  const at = (pattern: RegExp) => lines.findIndex(line => pattern.test(line))
  const order = [
    /^c17 {2}api\.example\.com:443/,
    /^VERDICT$/,
    /^Would client and server have agreed/,
    /^PROBLEMS$/,
    /^TOLERATED$/,
    /^CLIENT → PARLEY .*PARLEY → SERVER/,
    /ClientHello .* ~ .*ClientHello/,
    /^COMPARISON$/,
    /^! Version/,
  ]
  const places = [...order, /^EXCHANGE$/, /^> GET \/v1/, /^< HTTP\/1\.1 200 OK$/, /"users": \[\]/].map(at)
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
  assert.ok(
    places.every(place => place >= 0),
    String(places),
  )
})

test('below 100 columns the legs stand one below the other', async () => {
  const lines = traceText(await recordedPair(), { columns: 80, style: plain })
  assert.ok(lines.indexOf('CLIENT → PARLEY') < lines.indexOf('PARLEY → SERVER'))
  assert.ok(lines.includes('PARLEY → SERVER'))
})

test('no line of the table or the comparison is wider than asked for', async () => {
  const pair = await recordedPair()
  for (const columns of [60, 99, 100, 140, 200]) {
    const wide = traceText(pair, { columns: columns, style: plain }).filter(line => width(line) > columns)
    assert.deepEqual(wide, [], String(columns))
  }
})

test('colour changes nothing but the colour', async () => {
  const pair = await recordedPair()
  const colored = traceText(pair, { exchanges, columns: 120, style: { color: true } })
  const stripped = colored.map(line => line.replace(/\x1b\[\d+m/g, ''))
  assert.notDeepEqual(colored, stripped)
  assert.deepEqual(
    stripped.map(line => line.trimEnd()),
    traceText(pair, { exchanges, columns: 120, style: plain }).map(line => line.trimEnd()),
  )
})

test('a hostile connection prints nothing that acts on a terminal', () => {
  const hostile = 'x\x1b]8;;http://evil\x07\u202e\x9b\r\n'
  const handshake = makeHandshake([helloOf(makeHello({ serverName: hostile, alpn: [hostile] }))], {}, { alpn: hostile })
  const problems = [{ code: 'tls/reset-by-server', blame: 'server', message: hostile }] as const
  const exchange = makeExchange()
  const head = { ...exchange.request.head, target: hostile, headers: [[hostile, hostile]] as const }
  const lines = traceText(
    {
      connection: makeConnection({ problems, target: { host: hostile, port: 1 } }),
      client: handshake,
      upstream: handshake,
    },
    {
      exchanges: [
        {
          exchange: { ...exchange, request: { ...exchange.request, head } },
          bodies: { request: Buffer.from(hostile), response: Buffer.from(hostile) },
        },
      ],
      columns: 120,
      style: plain,
    },
  )
  for (const line of lines) assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f\u202e]/)
})

test('a connection of which nothing is known is a title and a verdict', () => {
  const lines = traceText({ connection: makeConnection() }, { columns: 100, style: plain })
  assert.ok(lines.some(line => line.startsWith('Would client and server have agreed')))
})

test('what --insecure allowed is told in words of its own', async () => {
  const pair = await recordedPair()
  const tolerated = {
    code: 'tls/certificate-expired',
    blame: 'server',
    message: 'it is\x1b expired',
    remedy: 'use --insecure',
  } as const
  const lines = traceText({ ...pair, connection: { ...pair.connection, tolerated } }, { columns: 120, style: plain })
  const at = lines.indexOf('TOLERATED')
  assert.match(lines.slice(at, at + 4).join('\n'), /certificate-expired[\s\S]*it is\\x1b expired/)
  assert.ok(!lines.join('\n').includes('use --insecure'))
})

test('every exchange has its number, and what is left out is counted', async () => {
  const [one] = exchanges
  const lines = traceText(await recordedPair(), {
    exchanges: [one!, one!],
    exchangeCount: 5,
    columns: 120,
    style: plain,
  })
  assert.deepEqual(
    lines.filter(line => line.startsWith('EXCHANGE')),
    ['EXCHANGE 1 of 5', 'EXCHANGE 2 of 5'],
  )
  assert.equal(lines.at(-1), '… 3 more exchanges')
})

test('frames passed on both legs, unless the server was not reached, or Parley acted on them', () => {
  const frames = { entries: [entry(0, 'to-server', 4, 0, 0, 0)], count: 1 }
  const title = (upstream: Leg, treatment: Treatment = 'observe') =>
    traceText({ connection: makeConnection({ upstream, treatment }) }, { frames, columns: 100, style: plain }).find(
      line => line.startsWith('HTTP/2'),
    )
  assert.match(title({ dialledAt: 1, connectedAt: 2 })!, /both legs/)
  assert.match(title({ dialledAt: 1 })!, /client leg/)
  assert.match(title({ dialledAt: 1, connectedAt: 2 }, 'rewrite')!, /client leg/)
})
