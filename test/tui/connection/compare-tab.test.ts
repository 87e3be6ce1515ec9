import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Comparison } from '../../../src/compare/compare.ts'
import { compareLines, listLines, problemLines } from '../../../src/tui/connection/compare-tab.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { sampleWorld, screenAfter } from '../world.ts'

const comparison: Comparison = {
  verdict: {
    agreed: 'no',
    sentence: 'No. They share no version.',
    reasons: [
      { aspect: 'version', standing: 'fails', sentence: 'They share no version.', asBrowser: 'ERR_SSL' } as never,
    ],
  },
  rows: [
    { aspect: 'version', label: 'Version', client: 'TLS 1.3', upstream: 'TLS 1.3', mark: '=', why: 'never shown' },
    {
      aspect: 'alpn',
      label: 'ALPN',
      client: 'h2',
      upstream: 'http/1.1 '.repeat(20).trim(),
      mark: '!',
      why: 'The server does not speak it.',
    },
  ],
}

test('the verdict stands first, with what a browser would have said', () => {
  const text = compareLines(comparison, [], 100).map(plain)
  assert.match(text[0]!, /agreed without Parley\? {2}no/)
  assert.ok(text.some(line => line.includes('ERR_SSL')))
})

test('a difference has its reason below, what is the same has none', () => {
  const text = compareLines(comparison, [], 100).map(plain).join('\n')
  assert.match(text, / ! ALPN +h2 +│ http\/1\.1/)
  assert.match(text, /The server does not speak it\./)
  assert.doesNotMatch(text, /never shown/)
})

test('long values take several lines and no line is too wide', () => {
  for (const columns of [60, 80, 160])
    for (const line of compareLines(comparison, [], columns)) assert.ok(columnsOf(line) <= columns)
})

test('a problem names its code, the side to blame and the fix', () => {
  const problem = { code: 'tls/x', blame: 'client', message: 'It failed.', remedy: 'Install the root.' } as const
  const text = problemLines([problem], 80).map(plain).join('\n')
  assert.match(text, /tls\/x {2}the client’s side/)
  assert.match(text, /It failed\./)
  assert.match(text, /→ Install the root\./)
})

test('a reason that holds for several rows is told once', () => {
  const [, row] = comparison.rows
  const twice = { ...comparison, rows: [row!, { ...row!, label: 'Another' }] }
  const lines = compareLines(twice, [], 100).map(plain)
  assert.equal(lines.filter(each => each.includes('does not speak it')).length, 1)
})

test('enter opens the counts of the comparison to both lists side by side, and closes them', async () => {
  const world = await sampleWorld(120, 40)
  const opened = screenAfter(world, ['c', '2', 'enter'])
  assert.match(opened, / Cipher suites offered {2}\d+ │ \d+\n {2}\S+ +│ +TLS_/)
  assert.equal(screenAfter(world, ['c', '2', 'enter', 'enter']), screenAfter(world, ['c', '2']))
  for (const columns of [60, 80, 160])
    for (const line of listLines([{ aspect: 'a', label: 'A', client: ['x'.repeat(90)], upstream: [] }], columns))
      assert.ok(columnsOf(line) <= columns)
})
