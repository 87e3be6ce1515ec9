import assert from 'node:assert/strict'
import { test } from 'node:test'
import { picked } from '../../../src/view/json/picked.ts'

const value = {
  id: 1,
  legs: { client: { ja4: 'a', bytes: 3 }, upstream: { ja4: 'b' } },
  list: [{ x: 1, y: 2 }, { y: 3 }],
}

test('members stand where they stood, whatever the order in which they are asked for', () => {
  assert.deepEqual(picked(value, ['list.y', 'legs.client.ja4', 'id']), {
    id: 1,
    legs: { client: { ja4: 'a' } },
    list: [{ y: 2 }, { y: 3 }],
  })
  assert.deepEqual(picked(value, ['legs.upstream', 'legs.upstream.ja4']), { legs: { upstream: { ja4: 'b' } } })
})

test('a member that is not there is left out, an inherited one too', () => {
  assert.deepEqual(picked(value, ['nothing', 'id.deeper', 'constructor', 'list.z']), { id: 1, list: [{}, {}] })
})
