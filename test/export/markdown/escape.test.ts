import assert from 'node:assert/strict'
import { test } from 'node:test'
import { code, plain, row, table } from '../../../src/export/markdown/escape.ts'

test('nothing of a text is markup, a mention or a link', () => {
  assert.equal(
    plain('a <b> @me #1 |x| `y` *z* http://a'),
    'a &#60;b&#62; &#64;me &#35;1 &#124;x&#124; &#96;y&#96; &#42;z&#42; http&#58;//a',
  )
  assert.equal(code('</code>\n\x1b'), '<code>&#60;/code&#62;&#92;n&#92;x1b</code>')
  assert.equal(code(''), '')
})

test('a table has a line for each row, and is not there without any', () => {
  assert.equal(row('a', 'b'), '| a | b |\n')
  assert.equal([...table(['h'], [['a'], ['b']])].join(''), '\n| h |\n| --- |\n| a |\n| b |\n')
  assert.deepEqual([...table(['h'], [])], [])
})
