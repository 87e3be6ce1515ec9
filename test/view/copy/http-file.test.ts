import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpFile } from '../../../src/view/copy/http-file.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

test('a request is as it was sent, under a line that begins it', () => {
  const exchange = exchangeOf({
    head: { method: 'POST' },
    headers: [
      ['Host', 'a.test'],
      ['X', 'v'],
    ],
  })
  assert.equal(
    httpFile.copy(exchange, Buffer.from('a\nb')),
    '### flow 1\nPOST https://a.test/p HTTP/1.1\nX: v\n\na\nb\n',
  )
  assert.equal(httpFile.copy(exchangeOf(), noBody), '### flow 1\nGET https://a.test/p HTTP/1.1\n')
})

test('what would be read as something else is named, and stays out', () => {
  for (const body of ['a\n### b', '< file', '> {% script %}', '{{secret}}', 'a\r\nb', 'a\x00', '\u202e', ' a', 'a\n'])
    assert.match(
      httpFile.copy(exchangeOf(), Buffer.from(body)),
      /\n# save the body \(\d+ bytes\) as request-body-1\.bin first\n.*\n\n< \.\/request-body-1\.bin\n$/,
      body,
    )
  assert.match(httpFile.copy(exchangeOf({ headers: [['X', '{{a}}']] }), noBody), /\n# without X: its value cannot/)
})

test('no hostile string makes a line of its own', () => {
  for (const text of hostile) {
    const copied = httpFile.copy(
      exchangeOf({ head: { method: `P${text}`, path: `/${text}` }, headers: [['X', text]] }),
      Buffer.from(text.repeat(2), 'latin1'),
    )
    assert.match(copied, /^### flow 1\n(# .*\n)*[A-Za-z-]+ https:\/\/\S+ HTTP\/1\.1\n(X: [\x20-\x7e]*\n)?(\n[\s\S]*)?$/)
    assert.doesNotMatch(copied, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
  }
})
