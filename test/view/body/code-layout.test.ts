import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeLines, isMinified, layOutCode, renderCss, renderScript } from '../../../src/view/body/code-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { damage, render, texts } from './render.ts'

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

test('minified CSS has a line for every declaration', () => {
  const css = 'a{b:c;d:e}'.repeat(50)
  assert.deepEqual(render(renderCss, css)!.slice(0, 4), ['a{', '  b:c;', '  d:e', '}'])
  assert.deepEqual(render(renderCss, 'a { b: c }'), ['a { b: c }'])
  damage(renderCss, Buffer.from(css))
})

test('a minified script has lines', () => {
  const script = 'function f(){return 1}'.repeat(30)
  assert.deepEqual(render(renderScript, script)!.slice(0, 3), ['function f(){', '  return 1', '}'])
  assert.deepEqual(render(renderScript, 'f();\n  g()'), ['f();', '  g()'])
  damage(renderScript, Buffer.from(script))
})
