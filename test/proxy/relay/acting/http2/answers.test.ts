import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../../../../../src/rules/verdict.ts'
import { ascii, claimRequest, get, post, settled, talking } from './peers.ts'

const answering = (answer: Answer) => talking({ request: () => claimRequest({ type: 'answer', acts: [], answer }) })

test('the body of an iterable keeps within the client’s window, and goes on as it is granted', async () => {
  async function* parts() {
    for (let i = 0; i < 4; i++) yield Buffer.alloc(30_000, String(i))
  }
  const at = answering({ status: 200, headers: [], body: parts() })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  const bytes = () =>
    at
      .atClient()
      .filter(line => line.startsWith('DATA'))
      .reduce((sum, line) => sum + line.replace(/^DATA 1 | END$/g, '').length, 0)
  for (let i = 0; i < 10; i++) await settled()
  assert.equal(bytes(), 65_535)
  at.fromClient(at.client.window(0, 100_000), at.client.window(1, 100_000))
  for (let i = 0; i < 10; i++) await settled()
  assert.equal(bytes(), 120_000 - 65_535)
  assert.deepEqual(at.atServer(), ['WINDOW_UPDATE 0 34465'], 'what Parley itself has used is not granted to the server')
})

test('HEAD, 204 and 304 have no body, and a wrong length is corrected and told', () => {
  for (const [method, status] of [
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ] as const) {
    const at = answering({ status, headers: [['content-length', '9']], body: ascii('x') })
    at.fromClient(at.client.preface, at.client.headers(1, [[':method', method], ...get('/').slice(1)], true))
    assert.deepEqual(at.atClient(), [`HEADERS 1 END :status=${status} content-length=9`])
  }
  const at = answering({ status: 200, headers: [['content-length', '9']], body: ascii('x') })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200 content-length=1', 'DATA 1 x END'])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-not-asked', 'problem'],
  )
})

test('half an answer, then a reset', () => {
  const at = answering({ status: 200, headers: [], body: ascii('hello'), cut: { after: 2, how: 'close' } })
  at.fromClient(at.client.preface, at.client.headers(1, post('/')))
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200', 'DATA 1 he', 'RST_STREAM 1 0'])
  assert.deepEqual(at.atServer(), [])
})

test('a body that fails resets its stream alone', async () => {
  const at = answering({
    status: 200,
    headers: [],
    body: (async function* () {
      yield ascii('x')
      throw new Error('gone')
    })(),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  await settled()
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200', 'DATA 1 x', 'RST_STREAM 1 8'])
})
