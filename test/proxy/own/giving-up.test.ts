import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { untilGivenUp } from '../../../src/proxy/own/giving-up.ts'

test('a stream ends if its reader gives up, before the first part as well', async () => {
  for (const parts of [0, 1]) {
    const stream = Readable.from([Buffer.from('a'), Buffer.from('b')])
    const reader = untilGivenUp(stream)[Symbol.asyncIterator]()
    if (parts > 0) assert.equal(String((await reader.next()).value), 'a')
    await reader.return?.()
    assert.ok(stream.destroyed)
  }
})

test('one that is read to its end gives all of it', async () => {
  const parts: string[] = []
  for await (const part of untilGivenUp(Readable.from([Buffer.from('a'), Buffer.from('b')]))) parts.push(String(part))
  assert.deepEqual(parts, ['a', 'b'])
})
