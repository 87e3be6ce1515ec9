import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { AuthorityError, shellWord } from '../../ca/authority-error.ts'

test('the message holds the remedy, and the code is apart', () => {
  const error = new AuthorityError('ca/expired', 'it has ended', 'make another', new Error('why'))
  assert.equal(error.message, 'it has ended; make another')
  assert.equal(error.code, 'ca/expired')
  assert.equal(error.remedy, 'make another')
  assert.equal((error.cause as Error).message, 'why')
})

test('a path with spaces and quotes is one word to a shell', { skip: process.platform === 'win32' && 'no sh' }, () => {
  for (const path of ['/a/b-c_d.pem', '/a b/c', "/it's/$HOME/`id`", '/a;b']) {
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' }), path)
  }
  assert.equal(shellWord('/plain/path'), '/plain/path')
})
