import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { pageScript } from '../../../src/export/html/script.ts'

const script = pageScript()

test('the page’s modules become one script that browsers take as it is', () => {
  assert.doesNotThrow(() => new Script(script))
  assert.doesNotMatch(script, /^\s*(?:import|export)\b/m)
  assert.doesNotMatch(script, /<\/|<!--|innerHTML|eval\(|\brequire\(|node:/)
  assert.match(script, /\.openReport\(\)\n$/)
})

test('it is small, the same each time, and has the filter language but no engine of Node’s', () => {
  assert.ok(script.length < 100_000, `${script.length} characters`)
  assert.equal(pageScript(), script)
  assert.match(script, /class Parser/)
  assert.doesNotMatch(script, /re2|createRequire/i)
})
