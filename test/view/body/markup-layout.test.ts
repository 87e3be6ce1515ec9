import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutMarkup, renderHtml, renderXml } from '../../../src/view/body/markup-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { damage, render, texts } from './render.ts'

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

test('HTML is indented', () => {
  assert.deepEqual(render(renderHtml, '<html><head><meta a><title>T</title></head></html>'), [
    '<html>',
    '  <head>',
    '    <meta a>',
    '    <title>T</title>',
    '  </head>',
    '</html>',
  ])
})

test('text without a tag is no HTML', () => {
  assert.equal(render(renderHtml, 'hello'), undefined)
  damage(renderHtml, Buffer.from('<p a=\'b\'>x<script>"</p>"</script><br>'))
})

test('where white space is content, in code and preformatted text, it stays', () => {
  const page = `<body><p>
      a
    b</p><script>
      if (a) {
        b()

      }
    </script><pre>
one
    two
  <b>x</b></pre><pre>  y</pre></body>`
  assert.deepEqual(render(renderHtml, page), [
    '<body>',
    '  <p>',
    '    a',
    '    b',
    '  </p>',
    '  <script>',
    '    if (a) {',
    '      b()',
    '    ',
    '    }',
    '  </script>',
    '  <pre>',
    '    one',
    '        two',
    '    <b>x</b>',
    '  </pre>',
    '  <pre>  y</pre>',
    '</body>',
  ])
})

test('XML is indented', () => {
  assert.deepEqual(render(renderXml, '<?xml version="1.0"?><a><b>1</b></a>'), [
    '<?xml version="1.0"?>',
    '<a>',
    '  <b>1</b>',
    '</a>',
  ])
})

test('what begins with no tag is no XML', () => {
  assert.equal(render(renderXml, 'a<b>'), undefined)
})

test('a megabyte of openings, spaces or line ends is no danger', () => {
  for (const piece of ['<a>', '</a>', '<a> ', '<a>\n\n', ' '])
    assert.ok(render(renderXml, `<a>${piece.repeat(150_000)}`)!.length <= 1000)
  damage(renderXml, Buffer.from('<a b="c"><!-- d --><e/>f</a>'))
})
