import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderHtml } from '../../../src/view/body/html.ts'
import { damage, render } from './render.ts'

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
