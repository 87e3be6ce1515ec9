import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hintLines, welcomeLines } from '../../../src/tui/list/offers.ts'
import { flowRow, rowWorld, texts } from '../world.ts'

const hints = [1, 2, 3, 4].map(i => ({ what: `way ${i}`, command: `parley way-${i}` }))

test('a command stands under what it is for, and neither can act on the terminal', () => {
  assert.deepEqual(texts(hintLines([{ what: 'one', command: 'curl \x1b[31m' }], 80)), [
    '',
    '  one',
    '    curl \\x1b[31m',
  ])
})

test('the welcome says where Parley listens, all ways in and how to go on, in one screen of 80x24', () => {
  const lines = texts(welcomeLines(hints, rowWorld([flowRow(1)])))
  assert.ok(lines.length <= 18 && lines.every(line => line.length <= 80))
  for (const words of ['root certificate is new', '127.0.0.1:8080', 'parley way-4', 'Any key goes on'])
    assert.ok(lines.join('\n').includes(words), words)
})

test('a command that is longer than a row is whole, and all still stands in one screen', () => {
  const long = hints.map(({ what }) => ({ what, command: `${'/a/long/path'.repeat(8)} way` }))
  const lines = texts(welcomeLines(long, rowWorld([])))
  assert.ok(lines.length <= 18 && lines.every(line => line.length <= 80))
  assert.ok(
    lines
      .map(line => line.trim())
      .join('')
      .includes(`${'/a/long/path'.repeat(8)} way`),
  )
})
