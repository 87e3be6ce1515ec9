import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bucket } from '../../src/rules/bucket.ts'

test('bytes pass one after the other, at the rate', () => {
  const bucket = new Bucket(8000) // a byte a millisecond
  assert.equal(bucket.take(10, 0), 10)
  assert.equal(bucket.take(10, 5), 20)
  assert.equal(bucket.take(1, 100), 101)
})

test('messages that share one get its rate together', () => {
  const bucket = new Bucket(80_000)
  const last = Array.from({ length: 100 }, () => bucket.take(100, 0)).at(-1)
  assert.equal(last, 1000)
})

test('an infinite rate holds nothing back', () => {
  assert.equal(new Bucket(Number.POSITIVE_INFINITY).take(1e9, 7), 7)
})
