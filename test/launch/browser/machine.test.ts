import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { thisMachine } from '../../../src/launch/browser/machine.ts'
import { fakeProgram, folderOf } from './fake-browser.ts'

test('a program is a file that can be run; a folder and a text are none', t => {
  const folder = folderOf(t)
  const { isProgram } = thisMachine()
  const text = join(folder, 'text')
  writeFileSync(text, 'words')
  chmodSync(text, 0o644)
  mkdirSync(join(folder, 'chromium'))
  assert.deepEqual([process.execPath, text, join(folder, 'chromium'), join(folder, 'nothing')].map(isProgram), [
    true,
    false,
    false,
    false,
  ])
})

test('small files are read, large and missing ones are empty', t => {
  const folder = folderOf(t)
  const { read } = thisMachine()
  writeFileSync(join(folder, 'small'), 'exec /snap/bin/chromium')
  writeFileSync(join(folder, 'large'), 'x'.repeat(70_000))
  assert.deepEqual(
    ['small', 'large', 'none'].map(name => read(join(folder, name))),
    ['exec /snap/bin/chromium', '', ''],
  )
})

test('a program is asked with its arguments as they are; one that fails says nothing', t => {
  const folder = folderOf(t)
  const { ask } = thisMachine()
  const echo = fakeProgram(folder, 'echo', 'console.log(process.argv.slice(2).join("|"))')
  assert.equal(ask(echo, ['query', '$HOME; a b']), 'query|$HOME; a b\n')
  assert.equal(ask(fakeProgram(folder, 'fail', 'console.log("words"); process.exit(1)'), []), '')
  assert.equal(ask(join(folder, 'nothing'), []), '')
})
