import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copies } from '../../src/tui/copies.ts'

test('every way to copy has a key in the menu, or is typed by its name', () => {
  const keys = Object.values(copies).flatMap(({ keys: all }) => all.flatMap(([list]) => list.split(' ')))
  assert.equal(new Set(keys).size, keys.length)
  for (const [name, { says, for: where, effect }] of Object.entries(copies)) {
    assert.match(says, /^copy /, name)
    assert.ok(where.includes('list') && where.includes('flow') && effect, name)
  }
})
