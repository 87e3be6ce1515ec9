import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printableComparison, printableProblem } from '../../src/view/printable-comparison.ts'

const hostile = 'a\x1b\u202e'

test('no text of a comparison keeps its control characters', () => {
  const row = { aspect: 'alpn', label: 'ALPN', client: hostile, upstream: hostile, mark: '!', why: hostile } as const
  const reason = { aspect: 'alpn', standing: 'fits', sentence: hostile } as const
  const shown = printableComparison({ rows: [row], verdict: { agreed: 'yes', sentence: hostile, reasons: [reason] } })
  const texts = [shown.rows[0]!.client, shown.rows[0]!.upstream, shown.rows[0]!.why, shown.verdict.sentence]
  for (const text of [...texts, shown.verdict.reasons[0]!.sentence]) assert.equal(text, 'a\\x1b\\u{202e}')
})

test('nor does a problem', () => {
  const problem = printableProblem({ code: 'x/y', blame: 'server', message: hostile, remedy: hostile })
  assert.deepEqual([problem.message, problem.remedy], ['a\\x1b\\u{202e}', 'a\\x1b\\u{202e}'])
})
