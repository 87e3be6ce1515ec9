import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderForm } from '../../../src/view/body/form.ts'
import { render } from './render.ts'

test('names and values are decoded, duplicates and order kept', () => {
  assert.deepEqual(render(renderForm, 'b=%C3%B6+1&a=2&b=%0A\n'), ['b = ö 1', 'a = 2', 'b = \\n'])
})
