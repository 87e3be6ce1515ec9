import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { connectionJson, frameJson } from '../../../src/view/json/connection-json.ts'
import { jsonText } from '../../../src/view/printable.ts'
import { makeConnection } from '../../compare/make.ts'
import { entry } from '../make-frames.ts'
import { makeExchange, recordedPair } from '../recorded.ts'

const described = readFileSync(new URL('../../../src/view/json/connection-json.md', import.meta.url), 'utf8')

test('the object survives being written and read', async () => {
  const json = connectionJson(await recordedPair())
  assert.deepEqual(JSON.parse(jsonText(json)), json)
})

test('it holds both legs, the comparison and the verdict', async () => {
  const json = connectionJson(await recordedPair())
  assert.equal(json.version, 1)
  assert.equal(json.legs.client.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.equal(json.legs.upstream?.tls?.negotiated.version?.number, 0x0303)
  assert.equal(json.comparison.find(({ aspect }) => aspect === 'version')?.mark, '!')
  assert.equal(json.verdict.agreed, 'yes')
})

test('secrets are no part of it', async () => {
  const pair = await recordedPair()
  const text = jsonText(connectionJson(pair))
  const secrets = pair
    .client!.keys.map(({ value }) => Buffer.from(value).toString('hex'))
    .filter(hex => hex.length > 24)
  assert.ok(secrets.length > 0)
  assert.deepEqual(
    secrets.filter(secret => text.includes(secret)),
    [],
  )
})

test('every member is described', async () => {
  const json = connectionJson(await recordedPair())
  const { tls, ...leg } = json.legs.upstream!
  const members = [
    json,
    leg,
    tls!,
    tls!.messages[0]!,
    tls!.records[0]!,
    tls!.certificates.server[0]!,
    json.comparison[0]!,
    json.verdict,
  ]
  const missing = members
    .flatMap(Object.keys)
    .filter(member => !new RegExp(`\`[^\`]*\\b${member}\\b[^\`]*\``).test(described))
  assert.deepEqual(missing, [])
})

test('the process is told as it is, where it is known', async () => {
  const pair = await recordedPair()
  const process = { pid: 7, name: 'cu\x1brl', command: 'curl -v' }
  assert.equal('process' in connectionJson(pair), false)
  const text = jsonText(connectionJson({ ...pair, connection: { ...pair.connection, process } }))
  assert.deepEqual(JSON.parse(text).process, process)
  assert.equal(text.includes('\x1b'), false)
  for (const member of Object.keys(process)) assert.match(described, new RegExp(`\\| \`process\` .*\\b${member}\\b`))
})

test('exchanges and the reason for a missing response are part of it where they are known', async () => {
  const pair = await recordedPair()
  const also = { exchanges: [{ exchange: makeExchange(), bodies: {} }], exchangeCount: 12, reason: 'no response: x' }
  const { exchanges, exchangeCount, reason } = connectionJson(pair, also)
  assert.deepEqual([exchanges[0]?.request.method, exchangeCount, reason], ['GET', 12, 'no response: x'])
  assert.match(described, /\| `reason`/)
  assert.equal('reason' in connectionJson(pair), false)
})

test('a connection that was never dialled has no upstream leg', () => {
  const { upstream: _, ...connection } = makeConnection()
  const json = connectionJson({ connection })
  assert.deepEqual(Object.keys(json.legs), ['client'])
})

test('a frame is told with its fields', () => {
  const { fields, ...rest } = frameJson(entry(3, 'to-client', 8, 0, 5, 4, [0, 0, 1, 0]), 1000)
  assert.deepEqual(rest, {
    index: 3,
    direction: 'S>C',
    type: 8,
    name: 'WINDOW_UPDATE',
    flags: [],
    stream: 5,
    length: 4,
    time: 3,
  })
  assert.deepEqual(fields.at(-1), { name: 'Window Size Increment', start: 0, end: 4, shown: '256' })
})

test('what cannot be read says why, and every member is described', () => {
  const json = frameJson(entry(0, 'to-server', 6, 0, 0, 1, [1]), 1000)
  assert.match(json.malformed!, /needs 8 bytes/)
  for (const member of Object.keys(json)) assert.match(described, new RegExp(`\\b${member}\\b`))
})
