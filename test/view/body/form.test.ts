import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderForm } from '../../../src/view/body/form.ts'

test('names and values are decoded, duplicates and order kept', () => {
  const lines = renderForm({ bytes: Buffer.from('b=%C3%B6+1&a=2&b=%0A\n'), mediaType: '' }, 10)
  assert.deepEqual(lines, ['b = ö 1', 'a = 2', 'b = \\n'])
})
