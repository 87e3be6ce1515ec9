import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../../src/launch/processes/command-line.ts'

test('arguments stand in one line', () => {
  assert.equal(commandLine(['python3', '-c', 'import this\n\tprint(1)', '']), 'python3 -c import this print(1)')
  assert.equal(commandLine(['']), '')
})

test('a long one is cut, and not inside a character', () => {
  const cut = commandLine(['java', '-cp', '😀'.repeat(1500)])
  assert.equal(cut.length, 2000)
  assert.match(cut, /…$/)
  assert.equal(cut.isWellFormed(), true)
})

test('a password in a URL or for a proxy is not shown', () => {
  const words = ['curl', '-x', 'http://me:secret@127.0.0.1:8080', '-U', 'me:secret', 'https://a.test/x@y:z']
  assert.equal(commandLine(words), 'curl -x http://me:***@127.0.0.1:8080 -U *** https://a.test/x@y:z')
})

test('nor is one without a scheme, or where a system gives all arguments as one', () => {
  assert.equal(commandLine(['curl', '-x', 'me:secret@127.0.0.1:8080']), 'curl -x me:***@127.0.0.1:8080')
  assert.equal(commandLine(['curl', '-xme:secret@127.0.0.1:8080']), 'curl -xme:***@127.0.0.1:8080')
  assert.equal(commandLine(['wget', '--proxy=me:secret@a.test']), 'wget --proxy=me:***@a.test')
  assert.equal(commandLine(['curl -x me:secret@a.test -U me:secret x']), 'curl -x me:***@a.test -U *** x')
  assert.equal(commandLine(['ssh', 'git@a.test:22', 'a:b']), 'ssh git@a.test:22 a:b')
})
