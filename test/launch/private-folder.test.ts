import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Journal } from '../../src/launch/journal.ts'
import { openPrivateFolder, removeLeftFolders } from '../../src/launch/private-folder.ts'

function place(t: TestContext): { readonly parent: string; readonly journal: Journal } {
  const parent = mkdtempSync(join(tmpdir(), 'private-'))
  t.after(() => rmSync(parent, { recursive: true }))
  return { parent, journal: new Journal(join(parent, 'touched.json')) }
}

test('it is for its person alone, known to the journal, and gone with all it held', t => {
  const { parent, journal } = place(t)
  const folder = openPrivateFolder(journal, parent)
  assert.equal(statSync(folder.path).mode & 0o777, 0o700)
  assert.deepEqual(journal.touched('folder'), [{ kind: 'folder', key: folder.path, before: '', owner: process.pid }])
  mkdirSync(join(folder.path, 'deep'))
  writeFileSync(join(folder.path, 'deep', 'file'), '')
  folder.remove()
  assert.deepEqual([readdirSync(parent), journal.touched('folder')], [['touched.json'], []])
})

test('the folder of a process that was killed can be removed, that of one that lives stays', t => {
  const { parent, journal } = place(t)
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const left = join(parent, 'left')
  mkdirSync(left)
  journal.note({ kind: 'folder', key: left, before: '', owner: dead })
  const ours = openPrivateFolder(journal, parent)
  removeLeftFolders(journal)
  assert.deepEqual([left, ours.path].map(existsSync), [false, true])
  assert.deepEqual(journal.orphans('folder'), [])
})
