import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerValue, readContentType, readParameters, splitOutsideQuotes } from '../../src/formats/content-type.ts'

test('the charset is read with and without quotes', () => {
  assert.deepEqual(readContentType('Text/HTML; charset="ISO-8859-1"'), {
    mediaType: 'text/html',
    charset: 'ISO-8859-1',
  })
  assert.deepEqual(readContentType('a/b; x=charset'), { mediaType: 'a/b' })
  assert.deepEqual(readContentType(), { mediaType: '' })
})

test('a boundary may hold what would end it elsewhere', () => {
  assert.equal(readContentType('multipart/mixed; boundary="a;b=\\"c"; charset=x').boundary, 'a;b="c')
})

test('the first parameter of a name counts', () => {
  assert.deepEqual(
    [...readParameters(' a=1; A=2 ; b ; c="')],
    [
      ['a', '1'],
      ['c', ''],
    ],
  )
})

test('a separator in quotes does not split', () => {
  assert.deepEqual(splitOutsideQuotes('a;"b;c";d', ';'), ['a', '"b;c"', 'd'])
})

test('values of one header are joined, whatever its case', () => {
  assert.equal(
    headerValue(
      [
        ['A', '1'],
        ['b', '2'],
        ['a', '3'],
      ],
      'a',
    ),
    '1, 3',
  )
  assert.equal(headerValue([], 'a'), undefined)
})
