import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findProgram } from '../../src/launch/find-program.ts'

function places(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(root, { recursive: true }))
  const [one, two] = [join(root, 'one'), join(root, 'two')]
  for (const folder of [one, two, join(one, 'folder')]) mkdirSync(folder)
  const put = (path: string, mode: number): string => {
    writeFileSync(path, '')
    chmodSync(path, mode)
    return path
  }
  return { one, two, put, PATH: [one, two].join(delimiter) }
}

test('the first name that is there counts, in the first folder that has it', t => {
  const { one, two, put, PATH } = places(t)
  const later = put(join(two, 'python3'), 0o755)
  put(join(one, 'python'), 0o755)
  assert.equal(findProgram(['python3', 'python'], { PATH }), later)
  const first = put(join(one, 'python3'), 0o755)
  assert.equal(findProgram(['python3', 'python'], { PATH }), first)
})

test('what cannot be run, a folder, and what lies beside PATH are none', t => {
  const { one, put, PATH } = places(t)
  put(join(one, 'text'), 0o644)
  for (const name of ['text', 'folder', 'absent']) assert.equal(findProgram([name], { PATH }), undefined, name)
  assert.equal(findProgram(['package.json', 'npm'], { PATH: `.${delimiter}relative` }), undefined)
  assert.equal(findProgram(['sh'], {}), undefined)
})

test('on Windows a program ends in .exe', t => {
  const { one, put } = places(t)
  const path = put(join(one, 'curl.exe'), 0o755)
  assert.equal(findProgram(['curl'], { Path: one }, 'win32'), path)
})
