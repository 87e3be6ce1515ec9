import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pushed } from '../../src/library/pushed.ts'

const all = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const read: T[] = []
  for await (const value of values) read.push(value)
  return read
}

test('what was pushed is read in order, before and after it is waited for', async () => {
  let left = 0
  const values = pushed<number>(() => left++)
  values.push(1)
  const reading = all(values)
  values.push(2)
  await new Promise(setImmediate)
  values.push(3)
  values.end()
  values.push(4) // too late
  assert.deepEqual(await reading, [1, 2, 3])
  assert.equal(left, 1)
})

test('a reader that leaves is told of once, and gets nothing more', async () => {
  let left = 0
  const values = pushed<number>(() => left++)
  values.push(1)
  values.push(2)
  for await (const value of values) if (value === 1) break
  assert.deepEqual([left, await values.next()], [1, { value: undefined, done: true }])
})

test('a failure is thrown once, after what came before it, to one who waits and to one who comes', async () => {
  const early = pushed<number>(() => {})
  const waiting = early.next()
  early.fail(new Error('gone'))
  await assert.rejects(waiting, /gone/)
  assert.equal((await early.next()).done, true)
  const late = pushed<number>(() => {})
  late.push(1)
  late.fail(new Error('gone'))
  assert.equal((await late.next()).value, 1)
  await assert.rejects(late.next(), /gone/)
  assert.equal((await late.next()).done, true)
})
