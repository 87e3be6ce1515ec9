import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Markup, markup } from '../../../src/proxy/site/markup.ts'

test('texts and numbers are escaped, markup goes in as it is', () => {
  const name = '<script>"&'
  assert.equal(
    markup`<b title="${name}">${name}</b>`.text,
    '<b title="&lt;script&gt;&quot;&amp;">&lt;script&gt;&quot;&amp;</b>',
  )
  assert.equal(markup`${1} ${new Markup('<br>')}`.text, '1 <br>')
})

test('many pieces of markup go in one a line', () => {
  assert.equal(markup`<ul>${['a', '<'].map(text => markup`<li>${text}`)}</ul>`.text, '<ul><li>a\n<li>&lt;</ul>')
})
