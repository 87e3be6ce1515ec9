import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sendBrowser } from '../../../src/cli/doctor/send-browser.ts'
import { ownFolder } from '../recorded-run.ts'

process.env.XDG_DATA_HOME = ownFolder() // for the journal
const skip = process.platform === 'win32'
const never = new Promise<string>(() => {})

/** A browser that notes what it is told, and then does as the script says. */
function browserOf(script: string) {
  const folder = ownFolder()
  process.env.TMPDIR = ownFolder()
  const command = join(folder, 'chromium')
  const noting = `require('fs').writeFileSync(${JSON.stringify(join(folder, 'told'))}, process.argv.join('\\n'))`
  writeFileSync(command, `#!${process.execPath}\n${noting}\n${script}`, { mode: 0o755 })
  return {
    browser: { name: 'chromium', title: 'Chromium', family: 'chromium', command } as const,
    told: () => readFileSync(join(folder, 'told'), 'utf8').split('\n'),
    left: () => readdirSync(process.env.TMPDIR!),
  }
}

const sending = (heard: Promise<string>, stop = new AbortController().signal) => ({
  url: 'https://chromium.parley.test:1/',
  heard,
  stop,
  environment: process.env,
  proxy: { host: '127.0.0.1', port: 4711 },
  root: { certificatePath: '/ca.pem', certificatePem: '', spkiSha256: 'SPKI=' },
})

test('a browser is opened without a window, closed when its request has come, and nothing is left', {
  skip,
}, async () => {
  const { browser, told, left } = browserOf('setInterval(() => {}, 1000)')
  const heard = new Promise<string>(resolve => setTimeout(resolve, 1500, '2.0'))
  const visit = await sendBrowser(browser, sending(heard))
  assert.deepEqual([visit.name, visit.path, visit.heard?.version], ['chromium', browser.command, '2.0'])
  for (const word of ['--headless', '--proxy-server=http://127.0.0.1:4711', 'https://chromium.parley.test:1/'])
    assert.ok(told().includes(word), word)
  assert.deepEqual(left(), [])
})

test('one that ends by itself is told with what it said', { skip }, async () => {
  const { browser, left } = browserOf('console.error("no display"); process.exit(1)')
  const visit = await sendBrowser(browser, sending(never))
  assert.equal(visit.heard, undefined)
  assert.match(visit.said, /no display/)
  assert.deepEqual(left(), [])
})

test('one that cannot be started is told', async () => {
  const { browser } = browserOf('')
  const visit = await sendBrowser({ ...browser, command: '/absent/chromium' }, sending(never))
  assert.match(visit.said, /cannot be started: .*ENOENT/)
})

test('it is closed when the doctor is stopped', { skip }, async () => {
  const { browser, left } = browserOf('setInterval(() => {}, 1000)')
  const visit = await sendBrowser(browser, sending(never, AbortSignal.timeout(1000)))
  assert.deepEqual([visit.heard, visit.timedOut], [undefined, true])
  assert.deepEqual(left(), [])
})
