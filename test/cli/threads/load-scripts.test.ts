import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadScripts, ScriptError, startError, troubleOf } from '../../../src/cli/threads/load-scripts.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-scripts-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const patience = 5000 // ms

function scriptOf(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('modules of each kind are loaded, with the hosts that they name', async () => {
  const files = [
    scriptOf('a.mjs', 'export default proxy => proxy; export const hosts = ["*.a.example"]'),
    scriptOf('b.ts', 'const plugin: object = { onRequest() {} }\nexport default plugin'),
    scriptOf('c.js', 'module.exports = { onResponse() {} }'),
  ]
  const scripts = await loadScripts(files, patience)
  assert.deepEqual(
    scripts.map(({ file, hosts, plugin }) => [file, hosts, typeof plugin]),
    [
      [files[0], ['*.a.example'], 'function'],
      [files[1], undefined, 'object'],
      [files[2], undefined, 'object'],
    ],
  )
})

for (const [name, text, says] of [
  ['syntax.mjs', 'export default 1\nconst a = ;\n', /syntax\.mjs:2: SyntaxError: /],
  ['throws.mjs', '\n\nnull.x\n', /throws\.mjs:3: TypeError: Cannot read properties of null/],
  ['types.ts', 'export default 1\n\nenum A { B }\n', /types\.ts:3: SyntaxError: .*enum/],
  ['nothing.mjs', 'export const a = 1', /nothing\.mjs: its default export is neither/],
  ['number.mjs', 'export default { a: 1 }', /number\.mjs: its default export is neither/],
  ['hosts.mjs', 'export default () => {}; export const hosts = "a"', /hosts\.mjs: its `hosts` are no list/],
  ['imports.mjs', 'import "no-such-package-of-anybody"', /imports\.mjs: Error: Cannot find package/],
] as const)
  test(`${name} is refused with its place and why`, async () => {
    const file = scriptOf(name, text)
    await assert.rejects(loadScripts([file], patience), (error: ScriptError) => {
      assert.ok(error instanceof ScriptError && error.code.startsWith('script/') && error.remedy)
      assert.match(error.message, says)
      assert.ok(error.message.startsWith(`--mitm-script ${file}`))
      return true
    })
  })

test('a script that never comes to its end is refused in time', async () => {
  const file = scriptOf('waits.mjs', 'await new Promise(() => {})\nexport default () => {}')
  await assert.rejects(loadScripts([file], 50), /waits\.mjs: it was not loaded in 0\.05 s/)
})

test('what a script throws as it hangs itself in is told like what it throws as it is loaded', () => {
  const error = Object.assign(new Error('a script failed', { cause: new TypeError('no') }), { file: '/a.mjs' })
  assert.match((startError(error) as Error).message, /^--mitm-script \/a\.mjs: TypeError: no$/)
  const other = new Error('other')
  assert.equal(startError(other), other)
})

test('an error that nobody caught is Parley’s, unless it comes from a script', () => {
  const error = Object.assign(new Error('no'), { stack: 'Error: no\n    at file:///a.mjs:7:1' })
  assert.match(troubleOf(error, ['/a.mjs']), /^--mitm-script \/a\.mjs:7: Error: no/)
  assert.match(troubleOf(error, ['/b.mjs']), /^a bug in Parley/)
})
