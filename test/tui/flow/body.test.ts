import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Exchange, Header } from '../../../src/model/exchange.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import { bodyPart, bodyParts, kindsOf, partBytes, viewsOf } from '../../../src/tui/flow/body.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { columnsOf, type Line, plain } from '../../../src/tui/line.ts'
import { sampleExchange } from '../sample.ts'
import { rowSource, rowWorld } from '../world.ts'

function sourceOf(body: Uint8Array) {
  const asked: number[] = []
  const source = {
    ...rowSource([]),
    body: (_id: number, _side: string, from: number, length: number) => {
      asked.push(length)
      return body.subarray(from, from + length)
    },
    bodyLength: () => body.length,
    bodyProblem: () => undefined,
  }
  return { source, asked }
}

function lines(body: Uint8Array, headers: readonly Header[], kind?: string, part = 0, columns = 80) {
  const base = sampleExchange(2)
  const exchange: Exchange = {
    ...base,
    response: { ...base.response!, bodyBytes: body.length, head: { ...base.response!.head, headers } },
  }
  const { source, asked } = sourceOf(body)
  const wanted = { exchange, side: 'response', kind, part, columns, flipped: none } as const
  return { drawn: bodyPart(source, wanted).map(row => row.line), asked, source, wanted }
}

const json: Header[] = [
  ['Content-Type', 'application/json'],
  ['Content-Encoding', 'gzip'],
]
const none: ReadonlySet<string> = new Set()
const text = (drawn: readonly Line[]): string => drawn.map(plain).join('\n')

test('a body is decoded and laid out, and says so', () => {
  const shown = text(lines(gzipSync('{"a":[1]}'), json).drawn)
  assert.match(shown, /json decoded from gzip/)
  assert.match(shown, /"a": /)
})

test('hex shows the decoded bytes, raw those that came', () => {
  assert.match(text(lines(gzipSync('{}'), json, 'hex').drawn), /hex decoded from gzip\n.*00000000 {2}7b 7d/)
  assert.match(text(lines(gzipSync('{}'), json, 'raw').drawn), /raw\n.*\\x1f/)
  assert.match(text(lines(Buffer.from('{"a":1}'), [], 'raw').drawn), /\{"a":1\}/)
})

test('why kept bytes are missing is said below what is there, and what to do about it', () => {
  for (const body of ['', 'beginning']) {
    const { source, wanted } = lines(Buffer.from(body), [], 'raw')
    const problem = problemOf('store/bodies-cut', { detail: 'a\x1b.parley-bodies' })
    const drawn = bodyPart({ ...source, bodyProblem: () => problem }, wanted).map(row => plain(row.line))
    assert.match(drawn[1]!, /shorter than the capture says: a.+\.parley-bodies$/)
    assert.match(drawn[2]!, /Copy it again/)
    assert.ok(!drawn.join().includes('\x1b'))
    assert.equal(drawn[3]?.trim(), body || undefined)
  }
})

test('no more than a megabyte is asked for, and the parts follow each other', () => {
  const body = Buffer.alloc(partBytes * 2 + 5, 'x')
  const last = lines(body, [], 'hex', 2)
  assert.ok(last.asked.every(length => length <= partBytes))
  assert.match(text(last.drawn), /part 3 of 3/)
  assert.match(text(last.drawn), /00200000 {2}78/)
  assert.equal(bodyParts(last.source, 1, 'response'), 3)
})

test('a line of a megabyte is broken and not too wide', () => {
  const { drawn } = lines(Buffer.alloc(partBytes, 'x'), [], 'raw')
  for (const spans of drawn) assert.ok(columnsOf(spans) <= 80)
})

test('a body that is not there is told from one that was not kept', () => {
  assert.match(text(lines(new Uint8Array(), []).drawn), /no body/)
  const { source } = sourceOf(new Uint8Array())
  const exchange = sampleExchange(2)
  const rows = bodyPart(source, { exchange, side: 'response', kind: 'raw', part: 0, columns: 80, flipped: none })
  assert.match(text(rows.map(row => row.line)), /not kept/)
})

test('the ways to show a body are those that fit it, the best first; of a later part only the bytes are known', () => {
  const { source, wanted } = lines(Buffer.from('{"a":1}'), json.slice(0, 1))
  assert.deepEqual(kindsOf(source, wanted), ['json', 'text', 'raw', 'hex'])
  const long = lines(Buffer.alloc(partBytes + 1, 'x'), json.slice(0, 1), undefined, 1)
  assert.deepEqual(kindsOf(long.source, long.wanted), ['raw', 'hex'])
})

test('the messages of a gRPC body are a tree', () => {
  const message = Buffer.from([0, 0, 0, 0, 3, 0x08, 0x96, 0x01])
  const { drawn } = lines(message, [['content-type', 'application/grpc']])
  assert.match(text(drawn), /grpc[\s\S]*#1 3 B[\s\S]*150/)
})

test('a body that has not changed is not read again', () => {
  const { source, wanted, asked } = lines(Buffer.from('{"a":1}'), json.slice(0, 1))
  const before = asked.length
  bodyPart(source, wanted)
  kindsOf(source, wanted)
  assert.equal(asked.length, before)
})

test('a tab without a body has no ways to show it', () => {
  const timing: FlowScreen = { kind: 'flow', id: 2, tab: 'timing', part: 0, cursor: 0, flipped: new Set(), top: 0 }
  const world = rowWorld([])
  const source = {
    ...world.source,
    exchange: () => sampleExchange(2),
    bodyLength: () => 3,
    bodyProblem: () => undefined,
    body: () => Buffer.from('abc'),
  }
  assert.deepEqual(viewsOf({ ...timing, tab: 'response' }, { ...world, source }).at(-1), 'hex')
  assert.deepEqual(viewsOf(timing, { ...world, source }), [])
})
