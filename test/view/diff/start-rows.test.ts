import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRows } from '../../../src/view/diff/start-rows.ts'
import { flow } from './make.ts'

const differing = (...flows: Parameters<typeof startRows>) =>
  startRows(...flows)
    .filter(({ mark }) => mark !== '=')
    .map(({ aspect, client, upstream, mark }) => `${aspect}: ${client} ${mark} ${upstream}`)

test('the same start has nothing that differs', () => {
  assert.deepEqual(differing(flow(), flow()), [])
})

test('parts of the URL are compared one by one', () => {
  assert.deepEqual(
    differing(
      flow({ request: { path: '/a?x=1&y=2&y=3' } }),
      flow({ request: { path: '/b?y=2&z=%C3%B6', method: 'PUT' } }),
    ),
    ['method: GET ≠ PUT', 'path: /a ≠ /b', 'query:x: 1 ≠ —', 'query:y: 2, 3 ≠ 2', 'query:z: — ≠ ö'],
  )
})

test('a status of another class matters, a missing response is a difference', () => {
  assert.deepEqual(differing(flow(), flow({ response: { status: 500, reason: '' } })), ['status: 200 OK ! 500'])
  assert.deepEqual(differing(flow(), flow({ response: { status: 201, reason: '' } })), ['status: 200 OK ≠ 201'])
  assert.deepEqual(differing(flow(), flow({ response: null })), ['status: 200 OK ! —'])
})
