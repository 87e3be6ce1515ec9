import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { StreamVerdict } from '../../../../../src/rules/verdict.ts'
import { later, ok, settled, talking } from './peers.ts'

const connect: Header[] = [
  [':method', 'CONNECT'],
  [':protocol', 'websocket'],
  [':scheme', 'https'],
  [':authority', 'a.test'],
  [':path', '/chat'],
]
/** A text message without a mask, as servers send it. */
const text = (message: string) => `\x81${String.fromCharCode(message.length)}${message}`

function opened(act: (text: string) => StreamVerdict | Promise<StreamVerdict>) {
  const at = talking({ webSocket: () => ({ act: ({ bytes }) => act(Buffer.from(bytes).toString()) }) })
  at.fromClient(at.client.preface, at.client.headers(1, connect))
  at.fromServer(at.server.headers(1, ok))
  at.atClient()
  at.atServer()
  return at
}

test('messages of a WebSocket over HTTP/2 are acted on one by one (RFC 8441)', () => {
  const at = opened(message =>
    message === 'old'
      ? { type: 'change', acts: [], bytes: Buffer.from('newer') }
      : message === 'secret'
        ? { type: 'drop', acts: [] }
        : { type: 'pass', acts: [] },
  )
  at.fromServer(
    at.server.data(1, text('same')),
    at.server.data(1, text('old').slice(0, 3)),
    at.server.data(1, text('old').slice(3)),
  )
  at.fromServer(at.server.data(1, text('secret')), at.server.data(1, text('last'), true))
  const body = at
    .atClient()
    .filter(line => line.startsWith('DATA'))
    .map(line => line.replace(/^DATA 1 | END$/g, ''))
  assert.equal(body.join(''), text('same') + text('newer') + text('last'))
  assert.ok(
    at.atServer().some(line => line.startsWith('WINDOW_UPDATE 1')),
    'what was dropped is given back',
  )
})

test('a held message holds those behind it and the end', async () => {
  const verdict = later<StreamVerdict>()
  const at = opened(message => (message === 'held' ? verdict.promise : { type: 'pass', acts: [] }))
  at.fromServer(at.server.data(1, text('held')), at.server.data(1, text('more'), true))
  assert.deepEqual(at.atClient(), [])
  verdict.resolve({ type: 'pass', acts: [] })
  await settled()
  const lines = at.atClient()
  assert.equal(lines.map(line => line.replace(/^DATA 1 | END$/g, '')).join(''), text('held') + text('more'))
  assert.ok(lines.at(-1)!.endsWith('END'))
})

test('a WebSocket is opened at once, though somebody wants bodies or has one to put', () => {
  const asked: unknown[] = []
  const at = talking({
    request: () => ({
      most: 1000,
      act: ({ body }) => {
        asked.push(body?.length)
        return { type: 'change', acts: [], body: Buffer.from('no') }
      },
    }),
    response: () => ({
      most: 1000,
      act: ({ body }) => {
        asked.push(body?.length)
        return { type: 'change', acts: [], body: Buffer.from('no') }
      },
    }),
  })
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, connect))
  at.fromServer(server.settings(), server.headers(1, ok))
  at.fromClient(client.data(1, 'hello'))
  at.fromServer(server.data(1, 'there'))
  assert.deepEqual(asked, [0, 0])
  assert.deepEqual(at.atServer().at(-1), 'DATA 1 hello')
  assert.deepEqual(at.atClient().at(-1), 'DATA 1 there')
})
