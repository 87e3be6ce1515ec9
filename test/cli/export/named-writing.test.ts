import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedWriting } from '../../../src/cli/export/named-writing.ts'

test('what the file system says is said in words; every other error stays', () => {
  const error = (code: string) => Object.assign(new Error('x'), { code, syscall: 'open' })
  assert.equal((namedWriting(error('ENOSPC'), 'a') as Error).message, 'cannot write a: the disk is full')
  assert.equal((namedWriting(error('EWEIRD'), 'a') as Error).message, 'cannot write a: EWEIRD')
  const other = new Error('y')
  assert.equal(namedWriting(other, 'a'), other)
})
