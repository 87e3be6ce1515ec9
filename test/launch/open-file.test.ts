import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { editorOf, openHere, pagerOf, rewriteHere, viewerOf } from '../../src/launch/open-file.ts'

/** A program that notes what it was started with and the mode and content of its file. */
function noting(t: TestContext, exit = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'editor')
  const noted = join(folder, 'noted')
  const script = [
    `#!${process.execPath}`,
    "const { readFileSync, statSync, writeFileSync } = require('node:fs')",
    'const given = process.argv.slice(2)',
    'const path = given.at(-1)',
    "const noted = [...given, (statSync(path).mode & 0o777).toString(8), readFileSync(path, 'utf8')]",
    `writeFileSync(${JSON.stringify(noted)}, noted.join('\\n'))`,
    `process.exit(${exit})`,
  ]
  writeFileSync(program, script.join('\n'))
  chmodSync(program, 0o700)
  return { program, read: () => readFileSync(noted, 'utf8').split('\n') }
}

const file = { name: 'flow-1-response.json', bytes: Buffer.from('{"a":1}') }

test('the editor gets its arguments and a private file, which is gone afterwards', async t => {
  const { program, read } = noting(t)
  await openHere([program, '-w'], file)
  const [flag, path = '', mode, content] = read()
  assert.deepEqual([flag, mode, content], ['-w', '600', '{"a":1}'])
  assert.match(path, /parley-\w+\/flow-1-response\.json$/)
  assert.equal(existsSync(dirname(path)), false)
})

test('a program that fails or is not there is named', async t => {
  await assert.rejects(openHere([noting(t, 3).program], file), /editor ended with 3/)
  await assert.rejects(openHere(['no-such-editor'], file), /no-such-editor cannot be started \(ENOENT\)/)
})

test('VISUAL comes before EDITOR, and either may have arguments', () => {
  assert.deepEqual(editorOf({ VISUAL: 'code -w', EDITOR: 'nano' }), ['code', '-w'])
  assert.deepEqual(editorOf({ EDITOR: 'nano' }), ['nano'])
  assert.deepEqual(editorOf({ EDITOR: ' ' }, 'linux'), ['vi'])
  assert.deepEqual(pagerOf({}), ['less'])
})

test('a desktop has a viewer, a terminal alone has none', () => {
  assert.deepEqual(viewerOf({}, 'darwin'), ['open'])
  assert.deepEqual(viewerOf({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'), ['xdg-open'])
  assert.equal(viewerOf({}, 'linux'), undefined)
})

test('what an editor leaves in the file is the answer, and the file is gone', async t => {
  const { program } = noting(t)
  assert.equal(Buffer.from(await rewriteHere([program], file)).toString(), '{"a":1}')
  const script = "require('node:fs').appendFileSync(process.argv.at(-1), ' more')"
  const written = await rewriteHere([process.execPath, '-e', script, '--'], file)
  assert.equal(Buffer.from(written).toString(), '{"a":1} more')
  await assert.rejects(rewriteHere([noting(t, 3).program], file), /editor ended with 3/)
})
