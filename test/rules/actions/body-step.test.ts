import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { canHaveBody, editingAction, readBodyArguments } from '../../../src/rules/actions/body-step.ts'
import { Arguments } from '../../../src/rules/arguments.ts'
import { requestOf, responseOf } from '../heads.ts'
import { textOf, throughResponse, throughWebSocket } from './bodies.ts'

const read = (text: string) => readBodyArguments(new Arguments(text))

test('options stand behind the side, in any order', () => {
  assert.deepEqual(read('response'), { of: 'response', identity: false, most: 8 * 1024 * 1024 })
  assert.deepEqual(read('request --most 2k --identity x'), { of: 'request', identity: true, most: 2048 })
})

for (const [text, position] of [
  ['both', 0],
  ['request --most', 14],
  ['request --most 65m', 15],
  ['request --most 0', 15],
] as const)
  test(`${text} is refused at ${position}`, () => {
    assert.throws(() => read(text), { name: 'RuleError', position })
  })

test('as many bytes are asked for as may be held', () => {
  assert.equal(editingAction('x', read('request --most 5'), text => text).requestBody, 5)
  assert.equal(editingAction('x', read('response'), text => text).responseBody, 8 * 1024 * 1024)
})

test('a coding is dropped if asked for', async () => {
  const action = editingAction('x', read('response --identity'), text => `${text}!`)
  const draft = await throughResponse(action, gzipSync('hey'), responseOf({}, [['Content-Encoding', 'gzip']]))
  assert.equal(textOf(draft), 'hey!')
  assert.deepEqual(draft.head.headers, [['Content-Type', 'text/html']])
})

test('messages of a WebSocket are edited, and those without a match are the very same', async () => {
  const action = editingAction('x', read('message'), text => text.replace('a', 'ä'))
  const { message } = await throughWebSocket(action, 'a<meta charset=koi8-r>')
  assert.equal(Buffer.from(message.bytes).toString(), 'ä<meta charset=koi8-r>')
  const draft = await throughWebSocket(action, 'b')
  assert.equal(Buffer.from(draft.message.bytes).toString(), 'b')
})

test('some responses have no body, whatever they say', () => {
  assert.equal(canHaveBody(requestOf(), responseOf()), true)
  assert.equal(canHaveBody(requestOf({ method: 'HEAD' }), responseOf()), false)
  for (const status of [101, 204, 304]) assert.equal(canHaveBody(requestOf(), responseOf({ status })), false)
})
