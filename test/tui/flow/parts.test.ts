import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from '../../../src/model/exchange.ts'
import { partBytes } from '../../../src/tui/flow/body.ts'
import { partHolds, partsOf } from '../../../src/tui/flow/parts.ts'
import type { FlowSource } from '../../../src/tui/ports.ts'
import { message } from '../../view/make-messages.ts'
import { rowSource } from '../world.ts'

const body = Buffer.alloc(partBytes + 10, 'x')
body.write('Needle', partBytes)
const messages = Array.from({ length: 1001 }, (_, seq) => message(seq, seq === 1000 ? 'Needle' : 'hay'))
const response = { head: { headers: [] } }
const sourceOf = (exchange: Partial<Exchange>): FlowSource => ({
  ...rowSource([]),
  exchange: () => exchange as Exchange,
  bodyLength: (_, side) => (side === 'response' ? body.length : 0),
  body: (_, __, from, length) => body.subarray(from, from + length),
  messages: (_, from, limit) => messages.slice(from, from + limit),
  messageCount: () => messages.length,
})

for (const [what, exchange] of [
  ['a body', { response }],
  ['messages', { response, upgraded: 'websocket' }],
] as const)
  test(`parts of ${what} are counted and searched`, () => {
    const source = sourceOf(exchange as unknown as Exchange)
    assert.deepEqual([partsOf(source, 1, 'request'), partsOf(source, 1, 'response')], [1, 2])
    assert.deepEqual(
      [0, 1].map(part => partHolds(source, 1, 'response', part, 'needle')),
      [false, true],
    )
  })

test('a text is found in bytes whatever its letters and their case', () => {
  const bytes = Buffer.from(`${'x'.repeat(partBytes)} GRÜSSE aus Köln, 50% (a.b) \xff`)
  const source = {
    ...sourceOf({ response } as never),
    body: (_: unknown, __: unknown, from: number) => bytes.subarray(from),
  }
  for (const text of ['grüsse', 'köln', '50% (a.b)']) assert.ok(partHolds(source, 1, 'response', 1, text), text)
  for (const text of ['grusse', '(axb)', 'zzz']) assert.ok(!partHolds(source, 1, 'response', 1, text), text)
})
