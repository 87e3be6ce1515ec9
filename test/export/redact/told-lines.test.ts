import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactedLines } from '../../../src/export/redact/told-lines.ts'

test('what was redacted is told by kind and place, safe for a terminal and no longer than a screen', () => {
  assert.deepEqual(redactedLines([]), ['nothing was redacted'])
  assert.deepEqual(redactedLines([{ what: 'cookie \x1b', where: 'request header', count: 2 }]), [
    'redacted 2 values:',
    '  2 × cookie \\x1b (request header)',
  ])
  const many = Array.from({ length: 50 }, (_, i) => ({ what: `cookie ${i}`, where: 'x', count: 1 }))
  assert.equal(redactedLines(many).at(-1), '  and 10 kinds more')
})
