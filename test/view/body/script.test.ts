import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderScript } from '../../../src/view/body/script.ts'
import { damage, render } from './render.ts'

test('a minified script has lines', () => {
  const script = 'function f(){return 1}'.repeat(30)
  assert.deepEqual(render(renderScript, script)!.slice(0, 3), ['function f(){', '  return 1', '}'])
  assert.deepEqual(render(renderScript, 'f();\n  g()'), ['f();', '  g()'])
  damage(renderScript, Buffer.from(script))
})
