import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summaryLines } from '../../../src/tui/connection/summary.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { sampleWorld, screenAfter } from '../world.ts'

const verdict = { agreed: 'no', sentence: 'No. They share no version.', reasons: [] } as const
const problem = {
  code: 'tls/x',
  blame: 'client',
  message: 'The client refused. '.repeat(20),
  remedy: 'Trust the CA.',
} as const
const summary = (columns: number, most: number, problems = [problem]) =>
  summaryLines({ comparison: { rows: [], verdict }, problems }, columns, most).map(plain)

test('the verdict stands first, then what went wrong and what to do about it', () => {
  assert.deepEqual(summary(60, 8, [{ ...problem, message: 'It was refused.' } as never]), [
    ' Agreed without Parley? No. They share no version.',
    ' ✗ It was refused.',
    ' → Trust the CA.',
  ])
})

test('it takes no more lines and columns than there are, and says that there is more', () => {
  for (const most of [1, 2, 3, 5]) {
    const lines = summaryLines({ comparison: { rows: [], verdict }, problems: [problem, problem] }, 80, most)
    assert.equal(lines.length, most)
    for (const each of lines) assert.ok(columnsOf(each) <= 80)
  }
  assert.match(summary(80, 3).at(-1)!, /2 tells the rest/)
})

test('a connection opens with verdict and problems, whatever the size', async () => {
  for (const [columns, rows] of [
    [80, 24],
    [160, 48],
    [60, 20],
  ] as const) {
    const world = await sampleWorld(columns, rows)
    const text = screenAfter(world, [...'jjjjjj', 'enter'])
    assert.match(text, /Agreed without Parley\? .*\n ✗ .*\n(.*\n)?(.*\n)? → .*[\s\S]*CLIENT → PARLEY/)
  }
})

test('at 80 columns the selected message is told at the foot', async () => {
  const world = await sampleWorld(80, 24)
  const text = screenAfter(world, ['c', 'j', 'j'])
  assert.match(text, /CLIENT → PARLEY .*│.*PARLEY → SERVER/)
  assert.match(text.split('\n').slice(-7).join('\n'), / ClientHello {2}[\d ]+ B\n[\s\S]*versions /)
})
