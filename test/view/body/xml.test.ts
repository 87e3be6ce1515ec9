import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderXml } from '../../../src/view/body/xml.ts'
import { damage, render } from './render.ts'

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
