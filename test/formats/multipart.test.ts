import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessBoundary, readParts } from '../../src/formats/multipart.ts'

const read = (body: string, boundary = 'b') =>
  readParts(Buffer.from(body, 'latin1'), boundary)?.map(({ headers, bytes, whole }) => ({
    headers,
    text: Buffer.from(bytes).toString('latin1'),
    whole,
  }))

test('parts lie between delimiters at the beginning of lines', () => {
  assert.deepEqual(read('preamble\r\n--b\r\nA: 1\r\nB:2\r\n\r\nx --b\r\n\r\n--b \r\n\r\ny\r\n--b--\r\nepilogue'), [
    {
      headers: [
        ['A', '1'],
        ['B', '2'],
      ],
      text: 'x --b\r\n',
      whole: true,
    },
    { headers: [], text: 'y', whole: true },
  ])
})

test('bare line feeds and folded headers are read', () => {
  assert.deepEqual(read('--b\nA: 1\n 2\n\nx\n--b--'), [{ headers: [['A', '1 2']], text: 'x', whole: true }])
})

test('a part without its end says so', () => {
  assert.deepEqual(read('--b\r\nA: 1\r\n\r\nxy'), [{ headers: [['A', '1']], text: 'xy', whole: false }])
})

test('a boundary that never occurs gives no parts', () => {
  assert.equal(read('hello'), undefined)
  assert.deepEqual(read('--b--'), [])
})

test('the boundary is guessed from a first line before a header', () => {
  assert.equal(guessBoundary(Buffer.from('--abc\r\nContent-Disposition: x')), 'abc')
  assert.equal(guessBoundary(Buffer.from('--abc\r\nhello')), undefined)
})
