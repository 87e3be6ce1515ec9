import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRequestHead } from '../../../src/wire/http1/start-line.ts'
import { writeHead } from '../../../src/wire/http1/write-head.ts'

const write = (text: string, edit: (headers: (readonly [string, string])[]) => void, start?: string): string => {
  const { fields } = readRequestHead(text)!
  const headers = [...fields.headers]
  edit(headers)
  return writeHead(text, fields.odd, start, headers)
}

const odd = 'GET / HTTP/1.1\nhOst:a\r\nX: 1\r\n folded\nx:  2 \r\nX: 1\r\n folded\nno colon\r\n\n'

test('only what was changed differs, however odd the lines beside it are', () => {
  assert.equal(
    write(odd, headers => headers.splice(2, 1, ['x', '3'])),
    odd.replace('x:  2 ', 'x: 3'),
  )
  assert.equal(
    write(odd, headers => headers.push(['new', 'field'])),
    `${odd.slice(0, -1)}new: field\r\n\n`,
  )
  assert.equal(
    write(odd, () => {}, 'GET /b HTTP/1.1'),
    odd.replace('GET / HTTP/1.1\n', 'GET /b HTTP/1.1\r\n'),
  )
})

test('lines that change their place keep their bytes', () => {
  assert.equal(
    write('GET / HTTP/1.1\r\na:1\r\nb : 2\r\n\r\n', headers => headers.reverse()),
    'GET / HTTP/1.1\r\nb : 2\r\na:1\r\n\r\n',
  )
})

test('a head of any bytes that is not changed is written as it came', () => {
  const piece = fc.constantFrom('a', ':', ' ', '\t', '\r\n', '\n', 'Host: b\r\n', '\r', 'é', '\0')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
      const [fields = ''] = /^[\s\S]*?\n\r?\n/.exec(`\n${pieces.join('')}\n\r\n`) ?? []
      const text = `GET / HTTP/1.1\r${fields}`
      const { fields: read } = readRequestHead(text)!
      if (read.faults?.some(({ code }) => code === 'http1/space-before-first-field')) return
      assert.equal(writeHead(text, read.odd, undefined, read.headers), text)
    }),
  )
})
