import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Exchange, Header } from '../../../src/model/exchange.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { bodyLines, partBytes, partsOf } from '../../../src/tui/screens/flow-body.ts'
import type { BodyMode } from '../../../src/tui/state/state.ts'
import { sampleExchange } from '../sample.ts'
import { rowSource } from '../world.ts'

function sourceOf(body: Uint8Array) {
  const asked: number[] = []
  const source = {
    ...rowSource([]),
    body: (_id: number, _side: string, from: number, length: number) => {
      asked.push(length)
      return body.subarray(from, from + length)
    },
    bodyLength: () => body.length,
  }
  return { source, asked }
}

function lines(body: Uint8Array, headers: readonly Header[], mode: BodyMode = 'pretty', part = 0, columns = 80) {
  const base = sampleExchange(2)
  const exchange: Exchange = {
    ...base,
    response: { ...base.response!, bodyBytes: body.length, head: { ...base.response!.head, headers } },
  }
  const { source, asked } = sourceOf(body)
  return { drawn: bodyLines(source, { exchange, side: 'response', mode, part, columns }), asked, source }
}

const json: Header[] = [
  ['Content-Type', 'application/json'],
  ['Content-Encoding', 'gzip'],
]
const text = (drawn: ReturnType<typeof bodyLines>): string => drawn.map(plain).join('\n')

test('a body is decoded and laid out, and says so', () => {
  const shown = text(lines(gzipSync('{"a":[1]}'), json).drawn)
  assert.match(shown, /json decoded from gzip/)
  assert.match(shown, /"a": /)
})

test('raw and hex show the bytes as they came', () => {
  assert.match(text(lines(gzipSync('{}'), json, 'hex').drawn), /00000000 {2}1f 8b/)
  assert.match(text(lines(Buffer.from('{"a":1}'), [], 'raw').drawn), /\{"a":1\}/)
})

test('no more than a megabyte is asked for, and the parts follow each other', () => {
  const body = Buffer.alloc(partBytes * 2 + 5, 'x')
  const last = lines(body, [], 'hex', 2)
  assert.ok(last.asked.every(length => length <= partBytes))
  assert.match(text(last.drawn), /part 3 of 3/)
  assert.match(text(last.drawn), /00200000 {2}78/)
  assert.equal(partsOf(last.source, 1, 'response'), 3)
})

test('a line of a megabyte is broken and not too wide', () => {
  const { drawn } = lines(Buffer.alloc(partBytes, 'x'), [], 'raw')
  for (const spans of drawn) assert.ok(columnsOf(spans) <= 80)
})

test('a body that is not there is told from one that was not kept', () => {
  assert.match(text(lines(new Uint8Array(), []).drawn), /no body/)
  const { source } = sourceOf(new Uint8Array())
  const exchange = sampleExchange(2)
  assert.match(text(bodyLines(source, { exchange, side: 'response', mode: 'raw', part: 0, columns: 80 })), /not kept/)
})
