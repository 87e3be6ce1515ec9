import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange, ExchangeSide } from '../../../src/model/exchange.ts'
import { flowRows } from '../../../src/tui/flow/lines.ts'
import { actLines, sideLines } from '../../../src/tui/flow/sides.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld()
const plainExchange = world.source.exchange(5)!
const { request, response } = plainExchange
const server: ExchangeSide = {
  request: {
    ...request,
    sameBody: true,
    head: { ...request.head, headers: [...request.head.headers.slice(0, -1), ['x-new', '1']] },
  },
  informational: plainExchange.informational,
  ...(response && { response: { ...response, sameBody: true } }),
}
const changed: Exchange = {
  ...plainExchange,
  server,
  acts: [
    { by: '~u users => set-header request x-new 1', did: 'set header x-new', side: 'request' },
    { by: 'replay', did: 'repeated #3' },
    { by: 'breakpoint', did: 'changed \x1b[31mthe body', side: 'response' },
  ],
}

const textOf = (exchange: Exchange, tab: FlowScreen['tab'], columns = 80): string => {
  const source = { ...world.source, exchange: () => exchange }
  const screen: FlowScreen = { kind: 'flow', id: 5, tab, part: 0, cursor: 0, flipped: new Set(), top: 0 }
  return flowRows(screen, { ...world, columns, source })
    .map(row => plain(row.line))
    .join('\n')
}

test('what acted on a message stands first, by whom and what it did', () => {
  const texts = (side: 'request' | 'response') => actLines(changed, side, 80).map(plain)
  assert.deepEqual(texts('request'), [
    ' ✎ acted on by ~u users => set-header request x-new 1: set header x-new',
    ' ✎ acted on by replay: repeated #3',
  ])
  assert.deepEqual(texts('response'), [
    ' ✎ acted on by replay: repeated #3',
    ' ✎ acted on by breakpoint: changed \\x1b[31mthe body',
  ])
  assert.match(textOf(changed, 'request'), /^ ✎ acted on by ~u users/)
})

test('a long rule goes on in the next line', () => {
  const acts = [
    { by: '~u users & ~m POST & ~d api.example.com => set-header request x-new 1', did: 'set header x-new' },
  ]
  const lines = actLines({ ...plainExchange, acts }, 'request', 60)
  assert.ok(lines.length > 1 && lines.every(each => columnsOf(each) <= 60))
})

test('both sides stand beside each other with what differs marked', () => {
  const text = textOf(changed, 'request')
  assert.match(text, / The server got it otherwise:\n client sent +│ server got\n/)
  assert.match(text, /\n +… \d equal lines\n/)
  assert.match(text, /≠ x-new: 1\n/)
  for (const columns of [76, 80, 81, 160])
    for (const each of sideLines(changed, 'request', { ...world, columns })) assert.ok(columnsOf(each) <= columns)
})

test('where there is no room for two, what is gone and what is new stand below each other', () => {
  const text = textOf(changed, 'request', 60)
  assert.match(text, / The server got it otherwise:\n {3}- [\s\S]* {3}\+ x-new: 1\n/)
  assert.doesNotMatch(text, /client sent/)
})

test('a side that passed as it was has nothing to show', () => {
  assert.deepEqual(sideLines(changed, 'response', world), [])
  assert.deepEqual(sideLines(plainExchange, 'request', world), [])
})

test('an answer of Parley’s own is named', () => {
  assert.match(textOf({ ...plainExchange, server: 'not-asked' }, 'response'), /the server was not asked/)
})

test('an answer that is held is shown before the client has it', () => {
  const { response: _, ...held } = changed
  const text = textOf({ ...held, server: { ...server, response: response! } }, 'response')
  assert.match(
    text,
    /The server has answered, and the client has not got it:[\s\S]*≠ HTTP\/2 200[\s\S]*No response yet/,
  )
})
