import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../../../src/cli/compare/compare-captures.ts'
import {
  count,
  findingJson,
  findingLines,
  isSame,
  nothingCounted,
  sumJson,
  sumLine,
} from '../../../src/cli/compare/report.ts'
import { assertFits } from '../../view/json/schemas.ts'

const findings: readonly Finding[] = [
  {
    ...{ kind: 'flows', name: 'GET https://a.example/\x1b[2J', left: 1, right: 4 },
    differences: [
      { what: 'status', label: 'status', was: '200', is: '500' },
      { what: 'header x', label: 'header x', is: `\u{202e}${'a'.repeat(200)}` },
      { what: 'extensions', label: 'Extensions', was: '12', is: '12', why: 'The same in a different order.' },
    ],
  },
  { kind: 'connections', name: 'a.example:443', left: 2, right: 3, differences: [] },
  { kind: 'only-left', of: 'flow', name: 'GET https://b.example/', id: 9 },
  { kind: 'only-right', of: 'connection', name: 'b.example:443', id: 5, spare: true },
]
const sum = { connections: 3, flows: 2, ...findings.reduce(count, nothingCounted) }

test('a person sees each difference in a line, escaped and cut', () => {
  assert.deepEqual(findings.flatMap(findingLines), [
    '≠ GET https://a.example/\\x1b[2J  #1 ↔ #4',
    '    status: 200 → 500',
    `    header x: none → \\u{202e}${'a'.repeat(119)}…`,
    '    Extensions: 12  The same in a different order.',
    '≠ a.example:443  c2 ↔ c3',
    '- only in the first: GET https://b.example/  #9',
    '· only in the second: connection b.example:443  c5  (both have others of this host)',
  ])
})

test('the sum says how much was compared and how much of it differs', () => {
  assert.equal(sumLine(sum), '3 connections and 2 flows compared: 1 connection and 1 flow differ, 1 only in the first')
  const same = { connections: 1, flows: 1, ...nothingCounted }
  assert.equal(sumLine(same), '1 connection and 1 flow compared: no difference')
  assert.equal(
    sumLine({ ...same, differentFlows: 1, onlyRight: 2 }),
    '1 connection and 1 flow compared: 1 flow differs, 2 only in the second',
  )
  assert.deepEqual([isSame(sum), isSame(same)], [false, true])
})

test('each line of JSON is as the schema says', () => {
  for (const finding of findings) assertFits('compare', findingJson(finding))
  assertFits('compare', sumJson('a', 'b', sum))
})
