import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowRows } from '../../../src/tui/flow/lines.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld()
const shown = (id: number, tab: FlowScreen['tab']): string =>
  flowRows({ kind: 'flow', id, tab, part: 0, cursor: 0, flipped: new Set(), top: 0 }, world)
    .map(row => plain(row.line))
    .join('\n')

test('a request shows its line, its headers in their order and its body', () => {
  assert.match(
    shown(1, 'request'),
    /POST \/v1\/events HTTP\/2\n :method: POST\n :authority: [\s\S]*body: 9 B {2}form\n {3}a = 1\n {3}b = two/,
  )
})

test('a response shows its status and its body laid out', () => {
  assert.match(shown(5, 'response'), /HTTP\/2 200\n[\s\S]* json utf-8\n ▾ \{\n[\s\S]*"page": 2,/)
})

test('a flow without a response says so', () => {
  assert.match(shown(1, 'response'), /No response yet/)
})

test('the connection in short names both legs and the verdict', () => {
  assert.match(
    shown(5, 'summary'),
    /client leg +TLS 1\.3 {2}TLS_AES_256_GCM_SHA384\n.*upstream leg +TLS 1\.3 {2}TLS_AES_128/,
  )
  assert.match(shown(5, 'summary'), /without Parley/)
})

test('the connection in short says which process it is, on a terminal harmless', () => {
  assert.match(shown(5, 'summary'), / process +curl \(pid 4711\)\n command +curl -H\n +a\\x1b\[31mred\\x1b\]8/)
})

test('the timing has the exchange and what its connection took', () => {
  assert.match(shown(5, 'timing'), /ms\n[\s\S]*send [\s\S]*wait [\s\S]*receive [\s\S]*was open already/)
  assert.match(shown(1, 'timing'), /still running/)
})

test('a flow that is not there is no crash', () => {
  for (const tab of ['request', 'response', 'summary', 'timing'] as const)
    assert.match(shown(999, tab), /not in the capture/)
})

test('a response that could not be read says what was wrong with it', () => {
  const { response: _, ...unanswered } = world.source.exchange(5)!
  const problems = [{ code: 'http1/not-http', blame: 'server', message: 'no status line: garbage' }] as const
  const exchange = { ...unanswered, problems, aborted: { at: 1, by: 'server', why: 'it ended' } } as const
  const source = { ...world.source, exchange: () => exchange }
  const screen: FlowScreen = { kind: 'flow', id: 5, tab: 'response', part: 0, cursor: 0, flipped: new Set(), top: 0 }
  const text = flowRows(screen, { ...world, source })
    .map(row => plain(row.line))
    .join('\n')
  assert.match(text, /Ended by server: it ended[\s\S]*http1\/not-http[\s\S]*no status line: garbage/)
})

test('a response that was cut off says so above its body, on the request too', () => {
  const { response, ...request } = world.source.exchange(5)!
  const { endedAt: _, ...unended } = response!
  const aborted = { at: 1, by: 'server', why: 'RST_STREAM INTERNAL_ERROR' } as const
  const tellOf = (exchange: typeof request & { response?: typeof unended }, tab: FlowScreen['tab']): string => {
    const source = { ...world.source, exchange: () => exchange }
    const screen: FlowScreen = { kind: 'flow', id: 5, tab, part: 0, cursor: 0, flipped: new Set(), top: 0 }
    return flowRows(screen, { ...world, source })
      .map(row => plain(row.line))
      .join('\n')
  }
  assert.match(tellOf({ ...request, response: unended }, 'response'), /body: [\d ]+ B so far {2}json/)
  const cut = { ...request, response: unended, aborted }
  assert.match(
    tellOf(cut, 'response'),
    /Ended by server: RST_STREAM INTERNAL_ERROR\n\n body: [\d ]+ B, cut off {2}json/,
  )
  assert.match(tellOf(cut, 'request'), /Ended by server: RST_STREAM/)
})

test('the status of a gRPC call is named below its trailers', () => {
  const exchange = world.source.exchange(5)!
  const trailers = [
    ['grpc-status', '5'],
    ['grpc-message', 'no%20such\u202e user'],
  ] as const
  const source = { ...world.source, exchange: () => ({ ...exchange, response: { ...exchange.response!, trailers } }) }
  const screen = {
    kind: 'flow',
    id: 5,
    tab: 'response',
    part: 0,
    cursor: 0,
    flipped: new Set<string>(),
    top: 0,
  } as const
  const last = flowRows(screen, { ...world, source }).at(-1)!
  assert.equal(plain(last.line), ' gRPC status 5 NOT_FOUND: no such\\u{202e} user')
  assert.doesNotMatch(shown(5, 'response'), /gRPC/)
})

test('that the client may go around Parley is said under the head', () => {
  const { response, ...rest } = world.source.exchange(5)!
  const headers = [...response!.head.headers, ['alt-svc', 'h3=":443"']] as const
  const exchange = { ...rest, response: { ...response!, head: { ...response!.head, headers } } }
  const screen: FlowScreen = { kind: 'flow', id: 5, tab: 'response', part: 0, cursor: 0, flipped: new Set(), top: 0 }
  const text = flowRows(screen, { ...world, source: { ...world.source, exchange: () => exchange } })
    .map(row => plain(row.line).trim())
    .join(' ')
  assert.match(text, /alt-svc: h3=":443" the server offers h3 at :443 .* around Parley/)
})
