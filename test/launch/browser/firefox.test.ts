import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Start } from '../../../src/launch/browser/family.ts'
import { firefox } from '../../../src/launch/browser/firefox.ts'
import { fakeProgram, folderOf, startIn } from './fake-browser.ts'

/** The preferences that are written where NSS's own program is a fake. */
async function written(start: Start): Promise<Map<string, unknown>> {
  const environment = { PATH: start.folder }
  fakeProgram(start.folder, 'certutil', '')
  await firefox.prepare({ ...start, environment })
  const text = readFileSync(join(start.profile, 'user.js'), 'utf8')
  return new Map(
    [...text.matchAll(/^user_pref\((".*?"), (.*)\);$/gm)].map(([, name, value]) => [
      JSON.parse(name!),
      JSON.parse(value!),
    ]),
  )
}

test('Firefox gets the proxy for every host, loopback too, and never goes without it', async t => {
  const preferences = await written(startIn(folderOf(t), { proxy: { host: '::1', port: 8081 } }))
  const wanted = {
    'network.proxy.type': 1,
    'network.proxy.http': '::1',
    'network.proxy.http_port': 8081,
    'network.proxy.ssl': '::1',
    'network.proxy.ssl_port': 8081,
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.failover_direct': false,
    'network.http.http3.enable': false,
  }
  for (const [name, value] of Object.entries(wanted)) assert.equal(preferences.get(name), value, name)
})

test('where there is no folder for downloads they go home, and none is made', async t => {
  const start = startIn(folderOf(t))
  assert.equal((await written(start)).get('browser.download.dir'), start.home)
  mkdirSync(join(start.home, 'Downloads'))
  assert.equal((await written(start)).has('browser.download.dir'), false)
})

test('it is started beside any other, and on Windows waited for', t => {
  const start = startIn(folderOf(t))
  const usual = ['--new-instance', '--no-remote', '--profile', start.profile]
  assert.deepEqual(firefox.arguments(start), usual)
  assert.deepEqual(firefox.arguments({ ...start, platform: 'win32' }), [...usual, '--wait-for-browser'])
})
