import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StreamIds } from '../../../src/observe/http2/stream-ids.ts'

test('ids of each side rise by themselves', () => {
  const ids = new StreamIds()
  assert.equal(ids.use(5, 'to-server'), true)
  assert.equal(ids.use(2, 'to-client'), true)
  assert.equal(ids.use(3, 'to-server'), false)
  assert.equal(ids.use(7, 'to-server'), true)
  assert.deepEqual(
    [1, 2, 3, 4, 7, 9].filter(id => ids.used(id)),
    [1, 2, 3, 7],
  )
})

test('an id that is the other side’s to use, or nobody’s, is a fault', () => {
  const ids = new StreamIds()
  for (const [id, direction] of [
    [2, 'to-server'],
    [1, 'to-client'],
    [0, 'to-client'],
  ] as const)
    assert.equal((ids.use(id, direction) as { code: string }).code, 'http2/bad-stream-id')
  assert.equal(ids.used(1), false)
})

test('what comes on a stream that is over is late, once, unless somebody cut it', () => {
  const ids = new StreamIds()
  ids.use(5, 'to-server')
  ids.cut(3)
  const late = () => [0, 1, 2, 3, 5, 7].filter(id => ids.isLate(id))
  assert.deepEqual(late(), [1, 5])
  assert.deepEqual(late(), [])
  for (let id = 11; id < 12_000; id += 2) ids.cut(id)
  assert.deepEqual(late(), [1, 3, 5]) // forgotten
})

test('a promise of an id that is odd, used, or below one that was used is a fault', () => {
  const ids = new StreamIds()
  ids.use(4, 'to-client')
  for (const id of [3, 4, 2]) assert.equal((ids.use(id, 'to-client') as { code: string }).code, 'http2/bad-stream-id')
  assert.equal(ids.use(6, 'to-client'), true)
})
