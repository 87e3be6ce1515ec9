import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printableHead } from '../../src/view/head-text.ts'

const bytes = (text: string): string => Buffer.from(text).toString('latin1')

test('bytes that are UTF-8 are read as that, others as Latin-1', () => {
  assert.equal(printableHead(bytes('/路径?q=é👍')), '/路径?q=é👍')
  assert.equal(printableHead('caf\xe9 latin1'), 'café latin1')
  assert.equal(printableHead('/bad\xff\xfe'), '/badÿþ')
  assert.equal(printableHead('/plain'), '/plain')
  assert.equal(printableHead('已 read'), '已 read')
})

test('what UTF-8 may hide is escaped after it is read', () => {
  assert.equal(printableHead(bytes('a\u202eb\u{200d}\x1b')), 'a\\u{202e}b\\u{200d}\\x1b')
  assert.equal(printableHead(bytes('\u009b')), '\\x9b')
})
