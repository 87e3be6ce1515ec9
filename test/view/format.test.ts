import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatOffset,
  formatProcess,
  formatSize,
} from '../../src/view/format.ts'

test('sizes have two or three digits and a unit', () => {
  const sizes = {
    0: '0',
    999: '999',
    1000: '1.0k',
    4123: '4.1k',
    9949: '9.9k',
    9950: '10k',
    999499: '999k',
    999500: '1.0M',
  }
  for (const [bytes, shown] of Object.entries(sizes)) assert.equal(formatSize(Number(bytes)), shown)
  assert.equal(formatSize(38_000_000), '38M')
  assert.equal(formatSize(5e15), '5000T')
})

test('bytes in full are grouped in thousands', () => {
  assert.equal(formatBytes(517), '517 B')
  assert.equal(formatBytes(1234567), '1 234 567 B')
})

test('durations change their unit before they grow a fourth digit', () => {
  const durations = [
    [0.314, '0.31 ms'],
    [0.996, '1.0 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [38.2, '38 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [59_996, '1m 00s'],
    [125_000, '2m 05s'],
    [3_599_400, '59m 59s'],
    [3_599_600, '1h 00m'],
    [359_000_000, '99h 43m'],
  ] as const
  for (const [ms, shown] of durations) assert.equal(formatDuration(ms), shown)
  for (const [, shown] of durations) assert.ok(shown.length <= 7, `${shown} is cut in the list`)
})

test('offsets keep three digits', () => {
  assert.deepEqual([0.42, 36.24, 1204.4].map(formatOffset), ['0.42', '36.2', '1204'])
})

test('a process is its name and number', () => {
  assert.equal(formatProcess({ pid: 12, name: 'curl', command: 'curl -v' }), 'curl (pid 12)')
})

test('the clock is local time', () => {
  assert.equal(formatClock(new Date(2026, 10, 20, 7, 5, 9).getTime()), '07:05:09')
})
