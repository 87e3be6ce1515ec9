import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeLines, isMinified, layOutCode } from '../../../src/view/body/code-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { texts } from './render.ts'

function layOut(text: string, script = true) {
  const outline = new Outline(1000)
  layOutCode(text, { script }, outline)
  return texts(outline.finish())!
}

test('lines break at braces and semicolons, not in parentheses', () => {
  assert.deepEqual(layOut('for(;;){a();b()}c={};'), ['for(;;){', '  a();', '  b()', '}', 'c={', '};'])
})

test('strings, templates, comments and regular expressions keep their braces', () => {
  const code = ['"{;}"', "'}\\''", '`{;`', '/* ; { */a', '/[/{]};/.b'].join(';')
  assert.deepEqual(layOut(`${code};`), ['"{;}";', "'}\\'';", '`{;`;', '/* ; { */a;', '/[/{]};/.b;'])
})

test('a slash after a value divides', () => {
  assert.deepEqual(layOut('a=b/c;d=e/f;'), ['a=b/c;', 'd=e/f;'])
})

test('CSS has no line comments', () => {
  assert.deepEqual(layOut('a{b:url(//c);d:e}', false), ['a{', '  b:url(//c);', '  d:e', '}'])
})

test('nothing but white space changes', () => {
  const hostile = ['}}}){{[', 'a{b{c', '"', '/', '`${', '/*', '//', '=/[', 'x=/a', ')}{;,']
  for (const text of [...hostile, hostile.join('')])
    assert.equal(layOut(text).join('').replace(/\s/g, ''), text.replace(/\s/g, ''))
})

test('only code in long lines is laid out', () => {
  assert.equal(isMinified('a;b;\nc;d;'), false)
  assert.equal(isMinified('a;'.repeat(200)), true)
  assert.deepEqual(texts(codeLines('a;b;\nc', { script: true }, 10)), ['a;b;', 'c'])
})

test('a megabyte of openings is no danger', () => {
  for (const piece of ['{', '=/[', '"', '/*', '(', '}', '=/a'])
    assert.ok(codeLines(piece.repeat(300_000), { script: true }, 50).length <= 50)
})
