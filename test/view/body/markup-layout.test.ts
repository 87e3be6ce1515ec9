import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutMarkup } from '../../../src/view/body/markup-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { texts } from './render.ts'

function layOut(text: string, html: boolean) {
  const outline = new Outline(100)
  layOutMarkup(text, html, outline)
  return texts(outline.finish())
}

test('nesting indents, a short element is one line', () => {
  assert.deepEqual(layOut('<a><b>x</b><c><d/></c></a>', false), [
    '<a>',
    '  <b>x</b>',
    '  <c>',
    '    <d/>',
    '  </c>',
    '</a>',
  ])
})

test('HTML has elements without an end', () => {
  assert.deepEqual(layOut('<ul><li>a<br>b<li>c</ul><p>d', true), [
    '<ul>',
    '  <li>',
    '    a',
    '    <br>',
    '    b',
    '  <li>',
    '    c',
    '</ul>',
    '<p>',
    '  d',
  ])
})

test('a closing tag without an opening one changes no depth', () => {
  assert.deepEqual(layOut('<a></b></a></a>', false), ['<a>', '  </b>', '</a>', '</a>'])
})

test('names differ by case in XML and not in HTML', () => {
  assert.deepEqual(layOut('<A><b/></a>', true), ['<A>', '  <b/>', '</a>'])
  assert.deepEqual(layOut('<A><b/></a>', false), ['<A>', '  <b/>', '  </a>'])
})

test('the lines of a text stay apart', () => {
  assert.deepEqual(layOut('<div>\n  a\n\n  b\n</div>', true), ['<div>', '  a', '  b', '</div>'])
})
