import assert from 'node:assert/strict'
import { test } from 'node:test'
import { note, ok, trouble } from '../../src/doctor/finding.ts'
import { reportJson, reportLines } from '../../src/doctor/report.ts'

const groups = [
  { title: 'Ways in', findings: [ok('address', 'is free'), note('IPv6', 'is not there', 'do without')] },
  {
    title: 'Programs',
    findings: [trouble('curl', 'went elsewhere and this is said at some length', 'look in ~/.curlrc')],
  },
]
const plain = { color: false }

test('findings stand in columns, with what mends them below', () => {
  assert.deepEqual(reportLines(groups, 50, plain), [
    'Ways in',
    '  ok       address  is free',
    '  note     IPv6     is not there',
    '                    → do without',
    '',
    'Programs',
    '  trouble  curl     went elsewhere and this is',
    '                    said at some length',
    '                    → look in ~/.curlrc',
    '',
    '1 trouble, 1 note',
  ])
})

test('the last line says how it is', () => {
  const last = (...findings: Parameters<typeof ok>[]) =>
    reportLines([{ title: 'A', findings: findings.map(each => ok(...each)) }], 80, plain).at(-1)
  assert.equal(last(['a', 'is']), 'all is well')
  assert.equal(reportLines(groups.slice(0, 1), 80, plain).at(-1), 'all is well, with 1 note')
  const two = { title: 'B', findings: [trouble('a', 'b', 'c'), trouble('a', 'b', 'c')] }
  assert.equal(reportLines([two], 80, plain).at(-1), '2 troubles, 0 notes')
})

test('levels have colours where there are any', () => {
  const lines = reportLines(groups, 80, { color: true })
  assert.equal(lines[0], '\x1b[1mWays in\x1b[22m')
  assert.equal(lines[1], '  \x1b[32mok     \x1b[39m  address  is free')
})

test('a path that is longer than the line is not cut', () => {
  const path = `/${'folder/'.repeat(20)}file`
  assert.ok(
    reportLines([{ title: 'A', findings: [ok('a', `is at ${path}`)] }], 60, plain)[1]!.endsWith(`is at ${path}`),
  )
})

test('what others wrote does not reach the terminal as it is', () => {
  const evil = 'a\x1b[2Jb\nc'
  const lines = reportLines([{ title: 'A', findings: [trouble(evil, evil, evil)] }], 80, plain)
  assert.ok(
    lines.every(line => !/[\x00-\x1f\x7f]/.test(line)),
    JSON.stringify(lines),
  )
})

test('JSON has all of it, and whether all is well', () => {
  assert.deepEqual(JSON.parse(reportJson(groups)), { version: 1, well: false, groups })
  assert.equal(JSON.parse(reportJson(groups.slice(0, 1))).well, true)
})
