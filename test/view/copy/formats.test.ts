import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copyFormats } from '../../../src/view/copy/formats.ts'
import { exchangeOf } from './make.ts'

test('keys and names are told apart', () => {
  assert.equal(new Set(copyFormats.map(({ key }) => key)).size, copyFormats.length)
  assert.equal(new Set(copyFormats.map(({ name }) => name)).size, copyFormats.length)
})

test('every format copies something of an exchange with a body', () => {
  for (const format of copyFormats) assert.notEqual(format.copy(exchangeOf(), Buffer.from('body')), '', format.key)
})
