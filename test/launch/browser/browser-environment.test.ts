import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { browserEnvironment } from '../../../src/launch/browser/browser-environment.ts'
import { folderOf } from './fake-browser.ts'

test('what the person has is seen, what the browser makes is not left with it', t => {
  const [home, folder] = [folderOf(t), folderOf(t)]
  mkdirSync(join(home, '.config', 'gtk-3.0'), { recursive: true })
  writeFileSync(join(home, '.config', 'gtk-3.0', 'settings.ini'), 'dark')
  const { XDG_CONFIG_HOME: config, ...others } = browserEnvironment({ PATH: '/bin' }, folder, home)
  assert.equal(readFileSync(join(config!, 'gtk-3.0', 'settings.ini'), 'utf8'), 'dark')
  mkdirSync(join(config!, 'mozilla'))
  assert.equal(existsSync(join(home, '.config', 'mozilla')), false)
  assert.deepEqual(others, {
    PATH: '/bin',
    XDG_CACHE_HOME: join(folder, 'xdg_cache_home'),
    XDG_DATA_HOME: join(folder, 'xdg_data_home'),
    TMPDIR: join(folder, 'tmp'),
  })
  rmSync(folder, { recursive: true })
  assert.equal(readFileSync(join(home, '.config', 'gtk-3.0', 'settings.ini'), 'utf8'), 'dark')
})

test('what other browsers keep, and most caches, are not within reach', t => {
  const [home, folder] = [folderOf(t), folderOf(t)]
  for (const name of ['.config/mozilla', '.config/google-chrome', '.config/dconf', '.cache/dconf', '.cache/fontconfig'])
    mkdirSync(join(home, name), { recursive: true })
  const { XDG_CONFIG_HOME: config, XDG_CACHE_HOME: cache } = browserEnvironment({}, folder, home)
  assert.deepEqual([readdirSync(config!), readdirSync(cache!)], [['dconf'], ['fontconfig']])
})

test('folders that the person chose are the ones that are seen', t => {
  const [home, folder, chosen] = [folderOf(t), folderOf(t), folderOf(t)]
  writeFileSync(join(chosen, 'mine'), 'x')
  const { XDG_DATA_HOME: data } = browserEnvironment({ XDG_DATA_HOME: chosen }, folder, home)
  assert.equal(readFileSync(join(data!, 'mine'), 'utf8'), 'x')
})

test('a folder so deep that no socket fits below it is not for temporary files', t => {
  const folder = join(folderOf(t), 'd'.repeat(60))
  mkdirSync(folder)
  assert.equal(browserEnvironment({ TMPDIR: '/tmp' }, folder, folder).TMPDIR, '/tmp')
})
