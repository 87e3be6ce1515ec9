import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ServerIds } from '../../../../../src/proxy/relay/acting/http2/server-ids.ts'

test('ids are the same until a stream is opened after a later one', () => {
  const ids = new ServerIds()
  assert.deepEqual([ids.open(1), ids.open(5), ids.shifted], [1, 5, false])
  assert.deepEqual([ids.open(3), ids.shifted], [7, true])
  assert.deepEqual([ids.ofServer(3), ids.ofServer(1), ids.ofServer(2), ids.ofServer(0)], [7, 1, 2, 0])
  assert.deepEqual([ids.ofClient(7), ids.ofClient(5), ids.ofClient(2)], [3, 5, 2])
  assert.deepEqual([ids.ofServer(7), ids.ofClient(9)], [undefined, undefined])
  assert.deepEqual([ids.open(7), ids.open(20_001)], [9, 20_001])
  assert.equal(new ServerIds().open(2 ** 31 + 1), undefined)
})

test('opened in any order, ids only rise and lead back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 60 }), numbers => {
      const ids = new ServerIds()
      const opened = numbers.map(n => ({ client: n * 2 + 1, server: ids.open(n * 2 + 1)! }))
      for (const [i, { client, server }] of opened.entries()) {
        assert.ok(i === 0 || server > opened[i - 1]!.server)
        assert.deepEqual([ids.ofServer(client), ids.ofClient(server)], [server, client])
      }
    }),
  )
})
