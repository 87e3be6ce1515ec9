import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CliError, hearNotes, holdNotes, note } from '../../src/cli/fail.ts'

test('an error for the person has its exit code, 1 unless told', () => {
  assert.equal(new CliError('x').exitCode, 1)
  assert.equal(new CliError('x', 2).exitCode, 2)
})

test('a note goes to stderr, prefixed, on a line of its own', t => {
  const write = t.mock.method(process.stderr, 'write', () => true)
  note('the disk is full')
  assert.deepEqual(write.mock.calls[0]!.arguments, ['parley: the disk is full\n'])
})

test('notes that are held come, in their order, when the terminal is free', t => {
  const write = t.mock.method(process.stderr, 'write', () => true)
  const release = holdNotes()
  note('one')
  note('two')
  assert.equal(write.mock.callCount(), 0)
  release()
  note('three')
  assert.deepEqual(
    write.mock.calls.map(call => call.arguments[0]),
    ['parley: one\n', 'parley: two\n', 'parley: three\n'],
  )
})

test('notes that are held are heard at once by who has the terminal, and printed all the same', t => {
  const write = t.mock.method(process.stderr, 'write', () => true)
  const heard: string[] = []
  const release = holdNotes()
  const stop = hearNotes(text => heard.push(text))
  note('rules.json, line 1: expected ","')
  stop()
  note('nobody hears this')
  release()
  note('this is on the terminal')
  assert.deepEqual(heard, ['rules.json, line 1: expected ","'])
  assert.equal(write.mock.callCount(), 3)
})
