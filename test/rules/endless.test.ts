import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEndless, saysLength } from '../../src/rules/endless.ts'

test('what comes piece by piece has no end to wait for, unless it says its length', () => {
  for (const type of [
    'text/event-stream',
    ' Text/Event-Stream; charset=utf-8',
    'multipart/x-mixed-replace;boundary=a',
    'application/grpc',
    'application/grpc-web+proto',
    'application/x-ndjson',
    'application/jsonl',
  ]) {
    assert.equal(isEndless([['Content-Type', type]]), true, type)
    const sized = [
      ['content-type', type],
      ['Content-Length', '5'],
    ] as const
    assert.equal(isEndless(sized), false)
  }
  for (const type of ['text/html', 'application/json', 'multipart/form-data', 'text/plain; a=text/event-stream'])
    assert.equal(isEndless([['Content-Type', type]]), false, type)
  assert.equal(isEndless([]), false)
})

test('a length is a whole number', () => {
  assert.equal(saysLength([['Content-Length', '0']]), true)
  for (const value of ['', '-1', '5, 5', '1e3', '9'.repeat(16)])
    assert.equal(saysLength([['content-length', value]]), false)
})
