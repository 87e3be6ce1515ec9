import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTheme, lookOf, themes } from '../../src/tui/theme.ts'

test('NO_COLOR wins over everything, and its theme has no colour at all', () => {
  assert.equal(chooseTheme({ NO_COLOR: '1', COLORFGBG: '0;15' }), 'none')
  for (const look of [...Object.values(themes.none.tones), ...Object.values(themes.none.grounds)]) {
    assert.equal('color' in look, false)
    assert.equal('backgroundColor' in look, false)
  }
})

test('an empty NO_COLOR does not count', () => {
  assert.equal(chooseTheme({ NO_COLOR: '' }), 'dark')
})

test('a light background has its own theme', () => {
  assert.equal(chooseTheme({ COLORFGBG: '0;15' }), 'light')
  assert.equal(chooseTheme({ COLORFGBG: '15;0' }), 'dark')
  assert.equal(chooseTheme({}), 'dark')
})

test('what is selected is not dimmed', () => {
  assert.equal(lookOf({ text: 'x', tone: 'dim' }, themes.dark).dimColor, true)
  assert.equal(lookOf({ text: 'x', tone: 'dim', ground: 'selected' }, themes.dark).dimColor, false)
})
