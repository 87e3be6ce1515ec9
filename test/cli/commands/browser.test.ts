import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Journal } from '../../../src/launch/journal.ts'
import { ownFolder } from '../recorded-run.ts'
import { type Program, runCli, startCli } from '../run-cli.ts'

/** A browser that notes its arguments, and ends with `code` when the file `close` is there. */
function fakeBrowser(folder: string, name: string, code = 0): string {
  const path = join(folder, name)
  const lines = [
    '#!/bin/sh',
    `printf '%s\\n' "$@" >'${path}.new'; mv '${path}.new' '${path}.words'`,
    `while [ ! -e '${folder}/close' ]; do sleep 0.05; done`,
    `echo 'cannot go on' >&2; exit ${code}`,
  ]
  writeFileSync(path, lines.join('\n'), { mode: 0o755 })
  return path
}

async function words(path: string): Promise<readonly string[]> {
  for (let i = 0; i < 1000 && !existsSync(`${path}.words`); i++) await sleep(20)
  return readFileSync(`${path}.words`, 'utf8').trimEnd().split('\n')
}

function browse(t: TestContext, folder: string, ...argv: readonly string[]): Program {
  const program = startCli(folder, 'browser', '--listen', '127.0.0.1:0', ...argv, '--', '--headless')
  t.after(() => program.child.kill('SIGKILL'))
  t.after(() => writeFileSync(join(folder, 'close'), ''))
  return program
}

const journalOf = (folder: string): Journal => new Journal(join(folder, 'parley', 'touched.json'))

test('it records until the person closes the browser, and leaves nothing of that', async t => {
  const folder = ownFolder()
  const path = fakeBrowser(folder, 'thorium')
  const program = browse(t, folder, path, 'a.test')
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+), writing .*\.record\.parley; ends when/)
  const told = await words(path)
  assert.ok(told.includes(`--proxy-server=http://127.0.0.1:${port}`), told.join(' '))
  assert.deepEqual(told.slice(-2), ['--headless', 'https://a.test/'])
  const hash = (await runCli(folder, 'ca', 'fingerprint')).stdout.split('\n')[1]!.replace(/^spki +/, '')
  assert.ok(told.includes(`--ignore-certificate-errors-spki-list=${hash}`))
  const [{ key }] = [journalOf(folder).touched('browser')[0]!]
  writeFileSync(join(folder, 'close'), '')
  const { code, stdout, stderr } = await program.ended
  assert.deepEqual([code, stdout], [0, ''], stderr)
  assert.match(stderr, /capture saved to /)
  assert.deepEqual([existsSync(key), journalOf(folder).touched('browser')], [false, []])
})

test('SIGTERM ends the browsers, all of them, and saves the capture', async t => {
  const folder = ownFolder()
  const paths = ['one', 'two'].map(name => fakeBrowser(folder, name))
  const program = browse(t, folder, ...paths)
  await Promise.all(paths.map(words))
  await program.says(/listening on/)
  const folders = journalOf(folder)
    .touched('browser')
    .map(({ key }) => key)
  program.child.kill('SIGTERM')
  const { code, stderr } = await program.ended
  assert.equal(code, 0, stderr)
  assert.deepEqual([folders.length, folders.filter(existsSync), journalOf(folder).touched('browser')], [2, [], []])
})

test('a browser that fails is said with its last words', async t => {
  const folder = ownFolder()
  writeFileSync(join(folder, 'close'), '')
  const { code, stderr } = await browse(t, folder, fakeBrowser(folder, 'bad', 3)).ended
  assert.equal(code, 1)
  assert.match(stderr, /parley: bad ended with 3: cannot go on\n$/)
})

test('a kept profile stays, under its name, in the data folder', async t => {
  const folder = ownFolder()
  writeFileSync(join(folder, 'close'), '')
  const path = fakeBrowser(folder, 'thorium')
  assert.equal((await browse(t, folder, '--keep', 'work', path).ended).code, 0)
  const profile = join(folder, 'parley', 'profiles', 'work', 'thorium')
  assert.ok((await words(path)).includes(`--user-data-dir=${profile}`))
  assert.ok(readdirSync(profile).includes('Default'))
  assert.match((await browse(t, folder, '--keep', '../x', path).ended).stderr, /give a name of letters, digits/)
})

test('what a Parley left that was killed is gone after the next start of any', async t => {
  const folder = ownFolder()
  const left = join(folder, 'parley-browser-1-abc')
  mkdirSync(join(left, 'profile'), { recursive: true })
  journalOf(folder).note({ kind: 'browser', key: left, before: join(left, 'profile'), owner: 2 ** 30 })
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0')
  t.after(() => program.child.kill('SIGKILL'))
  await program.says(/listening on/)
  for (let i = 0; i < 500 && existsSync(left); i++) await sleep(20)
  assert.equal(existsSync(left), false)
  program.child.kill('SIGTERM')
  assert.equal((await program.ended).code, 0)
})

test('without a display it says how to do without, before anything starts', {
  skip: process.platform !== 'linux',
}, async () => {
  const folder = ownFolder()
  const [display, wayland] = [process.env.DISPLAY, process.env.WAYLAND_DISPLAY]
  delete process.env.DISPLAY
  delete process.env.WAYLAND_DISPLAY
  const { code, stderr } = await runCli(folder, 'browser', fakeBrowser(folder, 'any'))
  if (display !== undefined) process.env.DISPLAY = display
  if (wayland !== undefined) process.env.WAYLAND_DISPLAY = wayland
  assert.equal(code, 1)
  assert.match(stderr, /there is no display .* parley browser … -- --headless\n$/)
  assert.deepEqual(readdirSync(folder), ['any'])
})
