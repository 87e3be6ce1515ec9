import assert from 'node:assert/strict'
import { test } from 'node:test'
import chalk from 'chalk'
import { span } from '../../src/tui/line.ts'
import { chooseTheme, lookOf, painted, themes } from '../../src/tui/theme.ts'

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

test('a line is painted span by span, in colours of the theme or its own', t => {
  const { level } = chalk
  t.after(() => {
    chalk.level = level
  })
  chalk.level = 3
  const spans = [span('a'), span('b', 'bad', 'selected'), { text: '▀', fg: '#010203', bg: '#040506' }]
  assert.equal(
    painted(spans, themes.dark),
    'a\x1b[31m\x1b[48;5;238m\x1b[1mb\x1b[22m\x1b[49m\x1b[39m\x1b[38;2;1;2;3m\x1b[48;2;4;5;6m▀\x1b[49m\x1b[39m',
  )
  assert.equal(painted(spans, themes.none), 'a\x1b[1m\x1b[7mb\x1b[27m\x1b[22m▀')
})
