import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openJournal, undoLeftBehind } from '../../src/cli/open-journal.ts'
import { Journal } from '../../src/launch/journal.ts'
import { captureFolder } from '../../src/store/data-folder.ts'
import { fakePrograms, gsettings } from '../launch/system-proxy/fake-programs.ts'
import { ownFolder } from './recorded-run.ts'

const nobody = 2 ** 30 // above every process number

/** What is printed on stderr meanwhile. */
async function said(work: () => Promise<unknown>): Promise<string> {
  const { write } = process.stderr
  let text = ''
  process.stderr.write = (chunk: string | Uint8Array) => {
    text += chunk
    return true
  }
  try {
    await work()
  } finally {
    process.stderr.write = write
  }
  return text
}

test('the journal lies beside the captures', () => {
  assert.equal(openJournal().path, join(captureFolder(), '..', 'touched.json'))
})

test('what nobody owns any more is undone with a word, and only that', async t => {
  Object.assign(process.env, fakePrograms(t, { gsettings }).surroundings.environment)
  const journal = new Journal(join(ownFolder(), 'touched.json'))
  assert.equal(await said(() => undoLeftBehind(journal)), '')
  const before = JSON.stringify({ before: {}, ours: {} })
  journal.note({ kind: 'system-proxy', key: 'gnome', before, owner: nobody })
  journal.note({ kind: 'system-proxy', key: 'lasts', before })
  assert.match(
    await said(() => undoLeftBehind(journal)),
    /^parley: an earlier Parley was killed; the system proxy is again/,
  )
  assert.deepEqual(journal.touched('system-proxy'), [{ kind: 'system-proxy', key: 'lasts', before }])
})

test('a journal that cannot be read is a sentence and no end', async () => {
  const path = join(ownFolder(), 'touched.json')
  writeFileSync(path, 'no JSON')
  assert.match(await said(() => undoLeftBehind(new Journal(path))), /^parley: .*touched\.json.*is damaged/)
})

test('browsers and folders that a killed Parley left are removed', async () => {
  const folder = ownFolder()
  const journal = new Journal(join(folder, 'touched.json'))
  const left = join(folder, 'parley-browser-1-abc')
  mkdirSync(join(left, 'profile'), { recursive: true })
  journal.note({ kind: 'browser', key: left, before: join(left, 'profile'), owner: nobody })
  const other = join(folder, 'parley-folder')
  mkdirSync(other)
  journal.note({ kind: 'folder', key: other, before: '', owner: nobody })
  assert.deepEqual(await undoLeftBehind(journal), { undone: ['browser', 'folder'], hindered: [] })
  assert.deepEqual([existsSync(left), existsSync(other)], [false, false])
  assert.deepEqual([...journal.touched('browser'), ...journal.touched('folder')], [])
})
