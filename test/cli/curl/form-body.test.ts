import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formBody, formPart } from '../../../src/cli/curl/form-body.ts'

test('a field has a name, a content and perhaps a type; a file is none', () => {
  assert.deepEqual(formPart('a=b=c'), { name: 'a', content: 'b=c' })
  assert.deepEqual(formPart('a=b;type=text/x'), { name: 'a', content: 'b', type: 'text/x' })
  assert.deepEqual(formPart('a=@b;type=x', true), { name: 'a', content: '@b;type=x' })
  for (const text of ['a=@file', 'a=<file', 'a', '=b']) assert.equal(formPart(text), undefined)
})

test('the parts stand between a boundary that none of them has', () => {
  const { type, body } = formBody([
    { name: 'a"\r\n', content: 'parley-form' },
    { name: 'b', content: '\xff', type: 'x/y' },
  ])
  const boundary = /boundary=(\S+)$/.exec(type)![1]!
  assert.notEqual(boundary, 'parley-form')
  assert.equal(
    Buffer.from(body).toString('latin1'),
    `--${boundary}\r\nContent-Disposition: form-data; name="a%22%0D%0A"\r\n\r\nparley-form\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="b"\r\nContent-Type: x/y\r\n\r\n\xff\r\n--${boundary}--\r\n`,
  )
})
