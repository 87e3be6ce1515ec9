import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { har } from '../../../src/export/har/har.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { recordVisits } from '../../cli/recorded-run.ts'
import { anyConnection, anyExchange } from '../../store/samples.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'
import { assertDevTools, assertHar } from './judges.ts'

const logOf = (capture: Capture) => {
  const text = written(har, sourceOf(capture))
  assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]/u) // safe for a terminal
  const value = JSON.parse(text)
  assertHar(value)
  assertDevTools(value)
  return value.log
}

test('a capture of several flows is a HAR by its schema, and DevTools take it', async () => {
  const capture = openCapture((await recordVisits()).path)
  const { entries, creator } = logOf(capture)
  capture.close()
  assert.equal(creator.name, 'Parley')
  assert.ok(entries.length >= 2)
  const [h2, plain] = entries
  assert.deepEqual([h2.request.httpVersion, h2._tls.client.negotiated.alpn], ['HTTP/2', 'h2'])
  assert.deepEqual(
    [plain.request.url.slice(0, 7), plain._tls, plain.serverIPAddress],
    ['http://', undefined, '127.0.0.1'],
  )
  assert.ok(h2.timings.ssl > 0 && h2.timings.connect >= h2.timings.ssl)
})

test('whatever was recorded, the HAR is one, and holds every exchange', () => {
  fc.assert(
    fc.property(
      fc.array(anyConnection, { minLength: 3, maxLength: 3 }),
      fc.array(fc.tuple(anyExchange, fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 })), {
        maxLength: 5,
      }),
      (connections, exchanges) =>
        withCapture(
          writer => {
            for (const [i, connection] of connections.entries()) writer.connection({ ...connection, id: i + 1 })
            for (const [i, [exchange, asked, answered]] of exchanges.entries())
              writer.exchange({ ...exchange, id: i + 1 }, asked, answered)
          },
          capture => assert.equal(logOf(capture).entries.length, exchanges.length),
        ),
    ),
    { numRuns: 120 },
  )
})

test('an empty capture is an empty HAR', () => {
  withCapture(
    () => {},
    capture => assert.deepEqual(logOf(capture).entries, []),
  )
})

test('every member that is no HAR’s own is described', () => {
  const read = (name: string): string => readFileSync(new URL(`../../../src/export/${name}`, import.meta.url), 'utf8')
  const described = read('har.md')
  const members = new Set(
    ['values', 'entry', 'web-socket', 'tls'].flatMap(
      name => read(`har/${name}.ts`).match(/\b_[a-z]\w+(?=\??:)/gi) ?? [],
    ),
  )
  assert.ok(members.size > 15)
  for (const member of members) assert.ok(described.includes(member), member)
})
