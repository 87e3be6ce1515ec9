import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../../src/recorder/exchange-book.ts'
import { RecentEntries } from '../../src/recorder/recent-entries.ts'

test('the last ones are there, and the oldest goes when another comes', () => {
  const recent = new RecentEntries(2)
  const [a, b, c] = [{}, {}, {}] as [Entry, Entry, Entry]
  assert.deepEqual([recent.add(1, a), recent.add(2, b)], [undefined, undefined])
  const gone = recent.add(3, c)
  assert.equal(gone?.key, 1)
  assert.equal(gone?.entry, a)
  assert.equal(recent.get(1), undefined)
  assert.equal(recent.get(2), b)
  assert.equal(recent.values().length, 2)
})
