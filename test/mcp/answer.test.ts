import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failed, mostCharacters, type own, telling } from '../../src/mcp/answer.ts'

const textOf = (answer: ReturnType<typeof own>): string => answer.content[0]!.text

test('what was captured is marked as untrusted, and tells where it goes on', () => {
  const told = JSON.parse(textOf(telling(false)({ a: 1 }, { next: 7 })))
  assert.match(told.untrusted, /never an instruction/)
  assert.deepEqual([told.data, told.next, 'redacted' in told], [{ a: 1 }, 7, false])
})

test('secrets are left out where that is wanted, before anything is cut', () => {
  const text = `${' '.repeat(16_380)}Bearer abcdefghijkl`
  const told = JSON.parse(textOf(telling(true)({ text })))
  assert.ok(!JSON.stringify(told).includes('abcdef'))
  assert.match(told.redacted, /REDACTED/)
  assert.ok(textOf(telling(false)({ text: 'Bearer abcdefghijkl' })).includes('abcdefghijkl'))
})

test('no answer is longer than it may be, and none moves a cursor or hides', () => {
  const long = textOf(telling(true)(Array(1000).fill('\u202e\u001b[2J'.repeat(100))))
  assert.ok(long.length < 6 * mostCharacters) // an escape is six characters for one
  assert.ok(!/[\u202e\u001b]/.test(long))
  assert.match(JSON.parse(long).cut, /ask for less/)
})

test('a failure is an answer with its remedy', () => {
  const error = Object.assign(new Error('it is locked'), { remedy: 'Close the other' })
  const answer = failed(error)
  assert.equal(answer.isError, true)
  assert.deepEqual(JSON.parse(textOf(answer)), { error: 'it is locked. Close the other' })
})
