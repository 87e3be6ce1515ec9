import assert from 'node:assert/strict'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { leftFolders, makeFolders, removeFolders } from '../../../src/launch/browser/browser-folders.ts'
import { folderOf, journalIn } from './fake-browser.ts'

const nobody = 2 ** 30 // no such process
const browserIn = (home: string) =>
  ({ name: 'chromium', title: 'Chromium', family: 'chromium', command: 'chromium', home }) as const

test('a start gets a folder of its own, which the journal knows, and both go together', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const [one, other] = [makeFolders(journal, browserIn(folder)), makeFolders(journal, browserIn(folder))]
  assert.notEqual(one.folder, other.folder)
  assert.deepEqual([one.profile, dirname(one.folder)], [join(one.folder, 'profile'), folder])
  assert.deepEqual(
    [one.folder, one.profile].map(path => statSync(path).mode & 0o777),
    [0o700, 0o700],
  )
  assert.deepEqual(
    journal.touched('browser').map(({ key, owner }) => [key, owner]),
    [
      [one.folder, process.pid],
      [other.folder, process.pid],
    ],
  )
  removeFolders(journal, one)
  removeFolders(journal, other)
  assert.deepEqual([existsSync(one.folder), existsSync(other.folder), journal.touched('browser')], [false, false, []])
})

test('a kept profile outlasts the start, one for each browser', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const kept = { name: 'work', folder: join(folder, 'profiles') }
  const { home: _, ...anywhere } = browserIn(folder)
  const first = makeFolders(journal, anywhere, kept)
  assert.equal(first.profile, join(folder, 'profiles', 'work', 'chromium'))
  writeFileSync(join(first.profile, 'cookies'), '')
  removeFolders(journal, first)
  assert.deepEqual([existsSync(first.folder), existsSync(join(first.profile, 'cookies'))], [false, true])
  const again = makeFolders(journal, anywhere, kept)
  assert.equal(again.profile, first.profile)
  removeFolders(journal, again)
})

test('a kept profile of a build in a sandbox lies where that can write', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const { profile } = makeFolders(journal, browserIn(folder), { name: 'work', folder: '/elsewhere' })
  assert.equal(profile, join(folder, 'parley-profiles', 'work', 'chromium'))
})

test('a kept profile is for one Parley at a time', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const kept = { name: 'work', folder: join(folder, 'profiles') }
  const first = makeFolders(journal, browserIn(folder), kept)
  assert.throws(
    () => makeFolders(journal, browserIn(folder), kept),
    new RegExp(`the profile work is in use by Parley ${process.pid}`),
  )
  assert.equal(journal.touched('browser').length, 1)
  removeFolders(journal, first)
  removeFolders(journal, makeFolders(journal, browserIn(folder), kept))
})

test('what is left is that of Parleys that are gone', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  makeFolders(journal, browserIn(folder))
  journal.note({ kind: 'browser', key: '/tmp/parley-browser-1-a', before: '/tmp/p', owner: nobody })
  journal.note({ kind: 'store', key: '/etc/x', before: '', owner: nobody })
  assert.deepEqual(leftFolders(journal), [{ folder: '/tmp/parley-browser-1-a', profile: '/tmp/p' }])
})

test('whatever the journal says, a folder that is not a browser’s stays', t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  for (const name of ['Documents', 'parley-browser-', 'parley-browser-1-a..', 'xparley-browser-1-a']) {
    const path = join(folder, name)
    mkdirSync(path)
    journal.note({ kind: 'browser', key: path, before: '', owner: nobody })
    removeFolders(journal, { folder: path })
    assert.deepEqual([existsSync(path), journal.touched('browser')], [true, []], basename(path))
  }
})
