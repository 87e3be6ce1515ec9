import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { el, folded, pre, svg } from '../../../../src/export/html/page/dom.ts'
import { fake, openFakePage } from './fake-page.ts'

before(() => {
  openFakePage()
})

test('every text and attribute becomes characters that can be seen', () => {
  const element = fake(
    el('p', { title: 'a\u202eb', id: undefined }, 'x\u200by\u0000', el('b', {}, 'z'), undefined, false),
  )
  assert.equal(element.textContent, 'x\\u{200b}y\\x00z')
  assert.deepEqual([...element.attributes], [['title', 'a\\u{202e}b']])
  assert.equal(fake(svg('text', {}, '\u001b[2J')).textContent, '\\x1b[2J')
})

test('lines stay lines, and nothing else of control stays', () => {
  assert.equal(fake(pre('a\tb\r\nc\u202e')).textContent, 'a   b\nc\\u{202e}')
})

test('what is folded is made once, when it is opened', () => {
  let made = 0
  const details = fake(
    folded(['more'], () => {
      made++
      return ['\u200bthere']
    }),
  )
  assert.deepEqual([details.textContent, made], ['more', 0])
  details.open = true
  details.open = false
  details.open = true
  assert.deepEqual([details.textContent, made], ['more\\u{200b}there', 1])
  assert.equal(fake(folded(['more'], () => ['now'], true)).textContent, 'morenow')
})
