import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { knownBrowsers } from '../../src/doctor/browsers.ts'

const named = (name: string) => knownBrowsers.find(browser => browser.name === name)!

function errandIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const root = { certificatePath: '/ca.pem', spkiSha256: 'SPKI=' }
  return { folder, url: 'https://x.parley.test:1/', proxy: { host: '::1', port: 8080 }, root }
}

test('Chromium gets proxy, trust and a profile by its arguments, and loopback is not left out', t => {
  const errand = errandIn(t)
  const args = named('chromium').args(errand)
  for (const wanted of [
    '--proxy-server=http://[::1]:8080',
    '--proxy-bypass-list=<-loopback>',
    '--ignore-certificate-errors-spki-list=SPKI=',
    `--user-data-dir=${errand.folder}/profile`,
    '--disable-quic',
  ])
    assert.ok(args.includes(wanted), wanted)
  assert.equal(args.includes('--no-sandbox'), process.getuid?.() === 0)
})

test('browsers keep out of the home of the person', t => {
  const errand = errandIn(t)
  for (const { name, environment } of knownBrowsers) assert.equal(environment!(errand).HOME, errand.folder, name)
})

/** A certutil that notes how it was called. */
function fakeCertutil(t: TestContext, folder: string, exit: number): () => string {
  const noted = join(folder, 'noted')
  writeFileSync(
    join(folder, 'certutil'),
    `#!/bin/sh\necho "$@" >> ${noted}\necho 'database is locked' >&2\nexit ${exit}\n`,
  )
  chmodSync(join(folder, 'certutil'), 0o700)
  const { PATH } = process.env
  process.env.PATH = folder + delimiter + PATH
  t.after(() => {
    process.env.PATH = PATH
  })
  return () => readFileSync(noted, 'utf8')
}

test('Firefox gets preferences and the root in the store of its profile', async t => {
  const errand = errandIn(t)
  const noted = fakeCertutil(t, errand.folder, 0)
  await named('firefox').prepare!(errand)
  const store = `-d sql:${errand.folder}`
  assert.equal(noted(), `-N ${store} --empty-password\n-A ${store} -t C,, -n Parley -i /ca.pem\n`)
  const preferences = readFileSync(join(errand.folder, 'user.js'), 'utf8')
  assert.match(preferences, /^user_pref\("network\.proxy\.ssl", "::1"\);$/m)
  assert.match(preferences, /^user_pref\("network\.proxy\.ssl_port", 8080\);$/m)
  assert.match(preferences, /^user_pref\("network\.proxy\.allow_hijacking_localhost", true\);$/m)
})

test('a store that takes nothing is told in its words', async t => {
  const errand = errandIn(t)
  fakeCertutil(t, errand.folder, 1)
  await assert.rejects(named('firefox').prepare!(errand), /certutil: database is locked/)
})
