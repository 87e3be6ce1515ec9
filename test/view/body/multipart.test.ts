import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBody, showBody } from '../../../src/view/body/choose.ts'
import { renderMultipart } from '../../../src/view/body/multipart.ts'
import { damage, texts } from './render.ts'

const body = [
  '--x',
  'Content-Disposition: form-data; name="j"; filename="a\u202e.json"',
  'Content-Type: application/json',
  '',
  '{"a":1}',
  '--x',
  'Content-Disposition: form-data; name="t"',
  '',
  'hello',
  '--x--',
].join('\r\n')

test('each part has its headers and its content as what it is', () => {
  const opened = openBody(Buffer.from(body), [['content-type', 'multipart/form-data; boundary=x']])
  const lines = texts(showBody(opened).lines)!
  assert.deepEqual(lines.slice(2), [
    '  Content-Type: application/json',
    '  {',
    '    "a": 1',
    '  }',
    'part 2: name "t", 5 B',
    '  Content-Disposition: form-data; name="t"',
    '  hello',
  ])
  assert.match(lines[0]!, /^part 1: name "j", file "a.*\.json", 7 B$/)
})

test('a body without its boundary is left to another renderer, damage is no error', () => {
  assert.equal(
    renderMultipart({ bytes: Buffer.from('hello'), mediaType: '' }, { maxLines: 9, nested: () => [] }),
    undefined,
  )
  damage(renderMultipart, Buffer.from(body), { boundary: 'x' })
})
