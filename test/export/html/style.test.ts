import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageStyle } from '../../../src/export/html/style.ts'
import { phaseTitles } from '../../../src/view/timing/timing.ts'

test('every colour that is used has a value by day and by night, and every phase has one', () => {
  const used = new Set([...pageStyle.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name!))
  for (const name of used) {
    const values = pageStyle.split(`--${name}:`).length - 1
    assert.ok(values >= (name === 'mono' ? 1 : 2), name)
  }
  for (const phase of Object.keys(phaseTitles)) assert.ok(used.has(`p-${phase}`), phase)
})

test('nothing in it is fetched, or ends it', () => {
  assert.doesNotMatch(pageStyle, /url\(|@import|<|https?:/)
})

test('braces are closed', () => {
  assert.equal(pageStyle.split('{').length, pageStyle.split('}').length)
})
