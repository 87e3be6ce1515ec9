import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from '../../ca/once.ts'

test('nothing is made before it is asked for, and then once', async () => {
  let made = 0
  const value = once(async () => ++made)
  assert.equal(made, 0)
  assert.deepEqual(await Promise.all([value(), value()]), [1, 1])
  assert.equal(await value(), 1)
})

test('a failure reaches those who asked, and the next who asks tries again', async () => {
  let tries = 0
  const value = once(async () => {
    if (++tries === 1) throw new Error('no')
    return 'yes'
  })
  const both = await Promise.allSettled([value(), value()])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await value(), 'yes')
  assert.equal(tries, 2)
})
