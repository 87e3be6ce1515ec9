import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { writeChildFiles } from '../../../src/launch/child/child-files.ts'

function written(t: TestContext, environment: Readonly<Record<string, string>> = {}, credentials?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'child-files-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const contents = { host: '::1', port: 8080, roots: 'PEM', trustStore: Buffer.of(1, 2), environment, credentials }
  return { folder, files: writeChildFiles(folder, contents) }
}

test('every file that is named is there, and nobody else reads those that were written', t => {
  const { folder, files } = written(t)
  for (const path of Object.values(files)) assert.ok(existsSync(path), path)
  for (const path of [files.roots, files.trustStore, files.wgetrc, join(files.php, 'parley.ini')])
    assert.equal(statSync(path).mode & 0o077, 0, path)
  assert.equal(readFileSync(files.roots, 'utf8'), 'PEM')
  assert.deepEqual(readFileSync(files.trustStore), Buffer.of(1, 2))
  assert.ok(files.php.startsWith(folder))
})

test('PHP trusts the roots and has the proxy in the context of its streams', t => {
  const { files } = written(t)
  const ini = readFileSync(join(files.php, 'parley.ini'), 'utf8')
  for (const name of ['openssl.cafile', 'curl.cainfo']) assert.ok(ini.includes(`${name}="${files.roots}"\n`), ini)
  const [, prepended] = /auto_prepend_file="(.*)"/.exec(ini)!
  assert.match(readFileSync(prepended!, 'utf8'), /'proxy' => 'tcp:\/\/\[::1\]:8080'/)
})

test('PHP gives the proxy credentials where it asks for them', t => {
  const prepended = (credentials?: string) =>
    readFileSync(join(written(t, {}, credentials).files.php, 'proxy.php'), 'utf8')
  assert.doesNotMatch(prepended(), /header/)
  assert.match(prepended("me:it's"), /'header' => 'Proxy-Authorization: Basic bWU6aXQncw=='\]/)
})

test('wget still has what the person set, and ours after it', t => {
  const home = mkdtempSync(join(tmpdir(), 'home-'))
  t.after(() => rmSync(home, { recursive: true }))
  assert.doesNotMatch(readFileSync(written(t, { HOME: home }).files.wgetrc, 'utf8'), /tries/)
  writeFileSync(join(home, '.wgetrc'), 'tries = 7')
  const { files } = written(t, { HOME: home })
  assert.equal(readFileSync(files.wgetrc, 'utf8'), `tries = 7\nca_certificate = ${files.roots}\n`)
  writeFileSync(join(home, 'other'), 'tries = 8')
  const named = written(t, { HOME: home, WGETRC: join(home, 'other') })
  assert.match(readFileSync(named.files.wgetrc, 'utf8'), /^tries = 8\n/)
})
