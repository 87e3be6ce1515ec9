import assert from 'node:assert/strict'
import { test } from 'node:test'
import { style } from '../../../src/proxy/site/style.ts'

test('every colour is there for light and for dark', () => {
  const colours = style.match(/#[\da-f]{3,6}\b/gi)!
  const pairs = [...style.matchAll(/light-dark\(#[\da-f]{3,6}, #[\da-f]{3,6}\)/gi)]
  assert.ok(pairs.length > 0)
  assert.equal(colours.length, pairs.length * 2)
})

test('it stands in HTML as it is', () => {
  assert.doesNotMatch(style, /</)
})
