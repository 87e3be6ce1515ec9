import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionFlow } from '../../src/filter/flow.ts'
import { type FlowFacts, matcherFor } from '../../src/filter/match.ts'
import { operators } from '../../src/filter/operators.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { searchedBody } from '../../src/filter/searched-text.ts'
import { connectionOf } from '../store/samples.ts'
import { findingFilters, oneFlow, otherFilters } from './one-flow.ts'

const matching = (texts: readonly string[], facts: FlowFacts): string[] =>
  texts.filter(text => matcherFor(parseFilter(text))(facts))

test('each operator asks its own part of the flow', () => {
  assert.deepEqual(matching(findingFilters, oneFlow), findingFilters)
  assert.deepEqual(matching(otherFilters, oneFlow), [])
})

test('every operator of the language has an answer for a flow of which nothing is known', () => {
  const flow = connectionFlow(connectionOf(1), 1)
  const patterns = operators.filter(({ kind }) => kind === 'pattern').map(({ name }) => `~${name} ""`)
  const ranges = operators.filter(({ kind }) => kind === 'range').map(({ name }) => `~${name} >0`)
  const flags = operators.filter(({ kind }) => kind === 'flag').map(({ name }) => `~${name}`)
  const found = ['~all ""', '~d ""', '~m ""', '~proto ""', '~u ""', '~conn >0', '~tcp']
  assert.deepEqual(matching([...patterns, ...ranges, ...flags], { flow }), found)
})

test('marks and comments are a person’s note, and an empty comment is none', () => {
  const asked = ['~marked', '~comment look', '~all look', '~comment ""']
  assert.deepEqual(matching(asked, { ...oneFlow, note: { marked: true, comment: '' } }), ['~marked'])
  assert.deepEqual(matching(asked, { ...oneFlow, note: { marked: false, comment: 'Look' } }), asked.slice(1))
})

test('a WebSocket message is found on the side that sent it', () => {
  const messages = { request: [Buffer.from('ping'), Buffer.from('more')], response: [] }
  assert.deepEqual(matching(['~b more', '~bq ping', '~bs ping', '~all more'], { ...oneFlow, messages }), [
    '~b more',
    '~bq ping',
    '~all more',
  ])
})

test('no body is searched past the limit, and an empty one is absent', () => {
  const long = Buffer.concat([Buffer.alloc(searchedBody, 'x'), Buffer.from('end')])
  assert.deepEqual(matching(['~bq x', '~bq end'], { ...oneFlow, bodies: { request: long } }), ['~bq x'])
  assert.deepEqual(matching(['~bq ""'], { ...oneFlow, bodies: { request: Buffer.alloc(0) } }), [])
})
