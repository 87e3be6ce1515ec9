import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildChain, type ChainReport } from '../../../src/wire/x509/chain.ts'
import { isAccepted, type PkitsTest, pkitsAnchor, pkitsChain, pkitsTests } from './pkits.ts'

/** Weak by today's measure, as the suite's SHA-1 and 1,024 bits are, is not what these tests are about. */
const weak: ReadonlySet<string> = new Set(['weak-key', 'weak-digest'])
const at = Date.UTC(2020, 0, 1)

function judge(one: PkitsTest): ChainReport {
  const report = buildChain(pkitsChain(one), { at, roots: [pkitsAnchor] })
  return {
    ...report,
    problems: report.problems.filter(({ code, severity }) => severity === 'error' && !weak.has(code)),
  }
}

test('NIST PKITS: every path is judged as the suite says', () => {
  assert.equal(pkitsTests.length, 95)
  const judged = pkitsTests.map(one => ({ one, report: judge(one) }))
  const wrong = judged.flatMap(({ one, report: { trusted, problems } }) => {
    const accepted = trusted !== false && problems.length === 0
    return accepted === isAccepted(one) ? [] : [`${one.test}: ${problems.map(({ code }) => code).join() || 'accepted'}`]
  })
  assert.deepEqual(wrong, [])
  const unknown = judged.filter(({ report }) => report.trusted === undefined)
  assert.deepEqual(
    unknown.map(({ one }) => one.test),
    ['4.1.5'],
  ) // a DSA key that inherits its parameters
})
