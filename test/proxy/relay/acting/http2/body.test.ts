import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, post, settled, talking } from './peers.ts'

const acts: readonly never[] = []

test('another body goes on at once, and ends when the sender has ended, with its trailers', () => {
  const at = talking({ request: () => claimRequest({ type: 'change', acts: [], body: ascii('new') }) })
  at.fromClient(at.client.preface, at.client.headers(1, post('/', ['content-length', '9'])), at.client.data(1, 'older'))
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/ content-length=3',
    'DATA 1 new',
  ])
  assert.deepEqual(
    at.atClient(),
    ['WINDOW_UPDATE 0 2', 'WINDOW_UPDATE 1 2'],
    'what Parley has used of it is not given back',
  )
  at.fromClient(at.client.headers(1, [['x', 'y']], true))
  assert.deepEqual(at.atServer(), ['HEADERS 1 END x=y'])
  assert.deepEqual(at.own, ['1 to-server new'])
})

test('an empty body in the place of one, and one in the place of none', () => {
  const none = talking({ request: () => claimRequest({ type: 'change', acts: [], body: ascii('') }) })
  none.fromClient(none.client.preface, none.client.headers(1, post('/')), none.client.data(1, 'old', true))
  assert.deepEqual(none.atServer().slice(1), ['DATA 1  END'])
  const some = talking({ request: () => claimRequest({ type: 'change', acts: [], body: ascii('new') }) })
  some.fromClient(some.client.preface, some.client.headers(1, post('/'), true))
  assert.deepEqual(some.atServer().slice(1), ['DATA 1 new END'])
})

test('a body that is wanted whole may come whole, and another goes on with a right length and its trailers', async () => {
  const seen: string[] = []
  const at = talking({
    request: () =>
      claimRequest(async ({ body }) => {
        seen.push(Buffer.from(body ?? []).toString())
        return { type: 'change', acts, body: ascii('another body') }
      }, 1000),
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/', ['content-length', '10'])))
  at.fromClient(client.data(1, 'hello'), client.data(1, 'world'), client.headers(1, [['x-t', '1']], true))
  assert.deepEqual(at.atClient().length, 4)
  await settled()
  assert.deepEqual(seen, ['helloworld'])
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/ content-length=12',
    'DATA 1 another body',
    'HEADERS 1 END x-t=1',
  ])
  assert.deepEqual(at.own, ['1 to-server another body'])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-request', 'server-ended'],
  )
})

test('a body over what is wanted goes on as it came, padding too', async () => {
  const bodies: unknown[] = []
  const at = talking({
    request: () =>
      claimRequest(async ({ body }) => {
        bodies.push(body)
        return { type: 'pass', acts }
      }, 4),
  })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/')), frameBytes(0, 8, 1, ascii('\x02hello\0\0')))
  await settled()
  at.fromClient(client.data(1, '!', true))
  assert.deepEqual(bodies, [undefined])
  assert.deepEqual(at.atServer(), [
    'HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/',
    'DATA 1 \x02hello\0\0',
    'DATA 1 ! END',
  ])
})
