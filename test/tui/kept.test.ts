import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepLast } from '../../src/tui/kept.ts'

test('an answer is kept as long as it holds, for its owner and by its name', () => {
  let made = 0
  const owner = {}
  const ask = (of: object, at: number, what: 'lines of a diff' | 'part of a body' = 'lines of a diff') =>
    keepLast(
      of,
      what,
      (last: { readonly at: number }) => last.at === at,
      () => ({ at, made: ++made }),
    )
  const first = ask(owner, 1)
  assert.equal(ask(owner, 1), first)
  assert.notEqual(ask({}, 1), first)
  assert.notEqual(ask(owner, 1, 'part of a body'), first)
  assert.equal(ask(owner, 1), first)
  ask(owner, 2)
  assert.notEqual(ask(owner, 1), first) // only the last is kept
})
