import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldsOf, headOf, writable } from '../../../src/proxy/script/raw-fields.ts'

test('a raw list is fields, in order, however often', () => {
  assert.deepEqual(fieldsOf(['A', '1', 'a', '2']), [
    ['A', '1'],
    ['a', '2'],
  ])
  assert.deepEqual(fieldsOf([]), [])
})

test('what Node would not write becomes a space; a tab and the high half of latin1 stay', () => {
  assert.equal(writable('a\x00\x1f\x7fb\tcé'), 'a   b\tcé')
})

test('the head of an interim response is as it came', () => {
  const head = { statusCode: 103, statusMessage: 'Early Hints', rawHeaders: ['lINK', '</a>', 'Link', 'b\x01'] }
  assert.equal(headOf(head), 'HTTP/1.1 103 Early Hints\r\nlINK: </a>\r\nLink: b \r\n\r\n')
})
