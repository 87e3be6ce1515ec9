import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange, Header } from '../../../src/model/exchange.ts'
import { facetsOf } from '../../../src/view/body/facets.ts'

function exchange(path: string, headers: readonly Header[]): Exchange {
  const head = { method: 'GET', target: path, scheme: 'https', authority: 'a', path, version: 'HTTP/1.1', headers }
  return {
    id: 1,
    connection: 1,
    request: { head, headAt: 0, bodyBytes: 0, bodyDropped: 0 },
    informational: [],
    response: {
      head: { status: 200, reason: '', version: 'HTTP/1.1', headers: [['set-cookie', 'c=1']] },
      headAt: 1,
      bodyBytes: 0,
      bodyDropped: 0,
    },
    problems: [],
  }
}

test('what stands in a head is found on its own side', () => {
  const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`
  const flow = exchange('/g?query=%7Ba%7D', [
    ['Cookie', 'a=1'],
    ['Authorization', `Bearer ${token}`],
  ])
  assert.deepEqual(
    facetsOf(flow, 'request').map(({ kind }) => kind),
    ['query', 'graphql', 'cookies', 'jwt'],
  )
  assert.deepEqual(
    facetsOf(flow, 'response').map(({ kind }) => kind),
    ['cookies'],
  )
})

test('a plain head has no facets', () => {
  assert.deepEqual(facetsOf(exchange('/', []), 'request'), [])
})
