import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openBody, showBody } from '../../../src/view/body/choose.ts'
import { renderMultipart } from '../../../src/view/body/multipart.ts'
import { damage, plainContext, texts } from './render.ts'

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
  assert.equal(renderMultipart({ bytes: Buffer.from('hello'), mediaType: '' }, plainContext()), undefined)
  damage(renderMultipart, Buffer.from(body), { boundary: 'x' })
})

test('parts that grow share what one view may unpack', () => {
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 'a'))
  const head = '--x\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n'
  const parts = Array.from({ length: 300 }, () => Buffer.concat([Buffer.from(head), bomb, Buffer.from('\r\n')]))
  const opened = openBody(Buffer.concat([...parts, Buffer.from('--x--')]), [
    ['content-type', 'multipart/mixed; boundary=x'],
  ])
  const lines = texts(showBody(opened).lines)!
  assert.equal(lines.filter(line => line === '  decoded from gzip').length, 8)
  assert.equal(lines.filter(line => line === '  gzip left as it is: too much was unpacked before').length, 292)
})
