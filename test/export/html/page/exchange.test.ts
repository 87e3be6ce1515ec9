import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { el } from '../../../../src/export/html/page/dom.ts'
import { exchangeParts } from '../../../../src/export/html/page/exchange.ts'
import { type ExchangeJson, exchangeJson } from '../../../../src/view/json/exchange-json.ts'
import { exchangeOf } from '../../../store/samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const json = exchangeJson({ exchange: exchangeOf(1), bodies: {} }, 1000)
const shown = (change: Partial<ExchangeJson> = {}) => el('div', {}, ...exchangeParts({ ...json, ...change }))

test('request and response stand beside each other with their headers in order', () => {
  const parts = shown()
  assert.deepEqual(textsOf(parts, 'h4'), ['request', 'response'])
  assert.deepEqual(textsOf(parts, '.start'), ['GET /p/1 HTTP/1.1', 'HTTP/1.1 200 OK'])
  assert.deepEqual(textsOf(parts, 'tr'), ['Hostapi.example.com', 'Content-Typeapplication/json; charset=utf-8'])
  assert.match(textsOf(parts, 'summary')[0]!, /^body, 5 B, application\/json/)
})

test('an exchange without a response says so', () => {
  const { response, ...without } = json
  assert.ok(response)
  assert.deepEqual(textsOf(el('div', {}, ...exchangeParts(without)), '.quiet'), ['none came'])
})

test('what Parley did is told, and what the server had', () => {
  const acts = [{ by: 'rule 1', did: 'set a header' }] as const
  const changed = shown({ acts, server: { request: json.request, informational: [] } })
  assert.deepEqual(textsOf(changed, 'li'), ['rule 1: set a header'])
  assert.equal(textsOf(changed, 'h4').includes('as the server has it'), true)
  const answered = shown({ server: null, answeredBy: 'parley' })
  assert.ok(textsOf(answered, 'h4').includes('answered by Parley'))
  assert.deepEqual(textsOf(answered, '.quiet'), ['The server was not asked.'])
})

test('messages of a WebSocket are folded, with how many there are', () => {
  const message = { opcode: 1, name: 'text', frames: 1, compressed: false, complete: true, time: 1.5, ended: 2 }
  const body = { length: 2, shown: 2, whole: true, text: 'hi' }
  const parts = shown({ messages: [{ ...message, direction: 'C>S', body }], messageCount: 7 })
  const details = fake(parts).all('details').at(-1)!
  assert.equal(details.textContent, '7 WebSocket messages')
  details.open = true
  assert.match(details.textContent, /1\.50→texthiThe first 1; the others are in the capture\./)
})
