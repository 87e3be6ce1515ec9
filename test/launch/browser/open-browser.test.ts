import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { FoundBrowser } from '../../../src/launch/browser/find-browser.ts'
import { openBrowser, removeLeftBrowsers, type Visit } from '../../../src/launch/browser/open-browser.ts'
import type { Journal } from '../../../src/launch/journal.ts'
import { fakeChromium, fakeProgram, folderOf, isAlive, journalIn, startedWith, startIn } from './fake-browser.ts'

async function open(t: TestContext, journal: Journal, browser: FoundBrowser, visit: Visit) {
  const opened = await openBrowser(journal, browser, visit)
  t.after(() => opened.close(0))
  return opened
}

const visitFrom = (folder: string, more: Partial<Visit> = {}): Visit => ({ ...startIn(folder), extra: [], ...more })

test('a browser runs with a folder, and is closed and gone with it', async t => {
  const folder = folderOf(t)
  const [browser, journal] = [fakeChromium(folder), journalIn(folder)]
  const before = readdirSync(folder)
  const opened = await open(t, journal, { ...browser, home: folder }, visitFrom(folder, { url: 'https://a.test/' }))
  const { pid, words } = await startedWith(browser.started)
  const { key, before: profile } = journal.touched('browser')[0]!
  assert.ok(words.includes(`--user-data-dir=${profile}`) && profile.startsWith(key) && existsSync(profile))
  await opened.close()
  assert.deepEqual([isAlive(pid), journal.touched('browser')], [false, []])
  const left = readdirSync(folder).filter(name => !before.includes(name))
  assert.deepEqual(left.sort(), ['data', 'profile', 'started'])
})

test('the person’s arguments come after Parley’s, and the URL last', async t => {
  const folder = folderOf(t)
  const browser = fakeChromium(folder)
  const extra = ['--headless', '--proxy-bypass-list=']
  await open(t, journalIn(folder), browser, visitFrom(folder, { extra, url: 'https://a.test/' }))
  assert.deepEqual((await startedWith(browser.started)).words.slice(-3), [...extra, 'https://a.test/'])
})

test('on Linux what it keeps elsewhere lies in the folder too; in a sandbox that has its own way', async t => {
  const folder = folderOf(t)
  const browser = fakeChromium(folder)
  const journal = journalIn(folder)
  await open(t, journal, browser, visitFrom(folder))
  const { environment } = await startedWith(browser.started)
  const { key } = journal.touched('browser')[0]!
  assert.equal(environment.XDG_CONFIG_HOME, join(key, 'xdg_config_home'))
  const other = join(folder, 'other')
  mkdirSync(other)
  const snap = fakeChromium(other)
  await open(t, journal, { ...snap, home: other }, visitFrom(folder))
  assert.equal((await startedWith(snap.started)).environment.XDG_CONFIG_HOME, process.env.XDG_CONFIG_HOME)
})

test('several run at once, each with its own profile', async t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const browser = fakeChromium(folder)
  const [one, other] = await Promise.all([1, 2].map(() => open(t, journal, browser, visitFrom(folder))))
  const profiles = journal.touched('browser').map(({ before }) => before)
  assert.equal(new Set(profiles).size, 2)
  await one!.close()
  assert.equal(journal.touched('browser').length, 1)
  await other!.close()
})

test('of one that cannot be set up or started nothing is left', async t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const browser = { ...fakeChromium(folder), command: join(folder, 'none'), home: folder }
  await assert.rejects(openBrowser(journal, browser, visitFrom(folder)), /cannot be started/)
  const firefox = { ...browser, family: 'firefox', command: fakeProgram(folder, 'firefox', '') } as const
  const bare = visitFrom(folder, { environment: { PATH: '/nowhere' } })
  await assert.rejects(openBrowser(journal, firefox, bare), /did not take the root/)
  assert.deepEqual(journal.touched('browser'), [])
  assert.deepEqual(
    readdirSync(folder).filter(name => name.startsWith('parley-browser-')),
    [],
  )
})

test('what a killed Parley left is ended and removed, and what is in use stays', async t => {
  const folder = folderOf(t)
  const journal = journalIn(folder)
  const living = fakeChromium(folder)
  await open(t, journal, living, visitFrom(folder))
  const left = join(folder, 'parley-browser-1-abc')
  mkdirSync(join(left, 'profile'), { recursive: true })
  journal.note({ kind: 'browser', key: left, before: join(left, 'profile'), owner: 2 ** 30 })
  const words = ['-e', 'setInterval(() => {}, 1000)', '--', `--user-data-dir=${left}/profile`]
  const orphan = spawn(process.execPath, words)
  t.after(() => orphan.kill('SIGKILL'))
  await once(orphan, 'spawn')
  const ended = once(orphan, 'exit')
  await removeLeftBrowsers(journal)
  assert.deepEqual(await ended, [null, 'SIGTERM'])
  assert.equal(existsSync(left), false)
  assert.equal(journal.touched('browser').length, 1)
  assert.equal(isAlive((await startedWith(living.started)).pid), true)
})
