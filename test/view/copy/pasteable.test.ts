import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pasteable, pasteableLine } from '../../../src/view/copy/pasteable.ts'

test('of control characters only tabs and line ends stay', () => {
  assert.equal(pasteable('a\tb\r\nc\nd\re\x1b[2J\x9b\x7f'), 'a\tb\r\nc\nd\\x0de\\x1b[2J\\x9b\\x7f')
})

test('one line has none', () => {
  assert.equal(pasteableLine('a\r\nrm -rf\x1b'), 'a\\x0d\\x0arm -rf\\x1b')
})
