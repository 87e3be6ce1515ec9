import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparisonLines, problemLines, verdictLines } from '../../../src/view/text/comparison-lines.ts'

const plain = { color: false }
const row = { aspect: 'version', label: 'Version', client: 'TLS 1.3', upstream: 'TLS 1.3', mark: '=' } as const

test('what is the same is told once', () => {
  assert.deepEqual(
    comparisonLines({ rows: [row] }, 100, plain).map(line => line.replace(/ +/g, ' ')),
    ['= Version TLS 1.3'],
  )
})

test('what differs is told twice, with the reason below', () => {
  const lines = comparisonLines({ rows: [{ ...row, upstream: 'TLS 1.2', mark: '!', why: 'Weaker.' }] }, 100, plain)
  assert.deepEqual(
    lines.map(line => line.trim().replace(/ +/g, ' ')),
    ['! Version TLS 1.3 │ TLS 1.2', 'Weaker.'],
  )
})

test('values too long for two columns stand one below the other', () => {
  const lines = comparisonLines({ rows: [{ ...row, client: 'a'.repeat(50), upstream: 'b', mark: '≠' }] }, 100, plain)
  assert.equal(lines.length, 2)
  assert.match(lines[1]!, /^ +│ b$/)
})

test('a verdict tells what browser and OpenSSL would have said, for doubts alone', () => {
  const reasons = [
    { aspect: 'version', standing: 'fails', sentence: 'No common version.', asBrowser: 'ERR_X', asOpenssl: 'alert' },
    { aspect: 'group', standing: 'may-fail', sentence: 'First.', asBrowser: 'ERR_Y' },
    { aspect: 'alpn', standing: 'fits', sentence: 'Fine.' },
  ] as const
  const lines = verdictLines({ agreed: 'no', sentence: 'No. First.', reasons }, 120, plain)
  assert.deepEqual(lines, [
    'Would client and server have agreed without the proxy? No. First.',
    '    version: No common version.',
    '    Chromium: ERR_X',
    '    OpenSSL: alert',
    '    Chromium: ERR_Y',
  ])
})

test('a problem names code, blame and remedy', () => {
  const lines = problemLines(
    [{ code: 'tcp/refused', blame: 'server', message: 'Refused.', remedy: 'Start it.' }],
    80,
    plain,
  )
  assert.deepEqual(lines, ['✗ tcp/refused (server): Refused.', '    Start it.'])
})

test('a reason that holds for several rows is told once', () => {
  const other = { ...row, upstream: '—', mark: '≠', why: 'Only the client leg got this far.' } as const
  const lines = comparisonLines({ rows: [other, { ...other, label: 'Suite' }, row, other] }, 100, plain)
  assert.equal(lines.filter(line => line.includes('got this far')).length, 2)
})
