import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, claimRequest, post, talking } from './peers.ts'

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
