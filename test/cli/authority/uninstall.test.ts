import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { homeWithNss, skipWithoutCertutil as skip } from './with-nss.ts'

test('roots of before and after new and renew are taken out, with the key of the former', {
  skip,
}, async () => {
  const { home, ca, nicknames } = homeWithNss()
  await ca('install', 'nss')
  await ca('new')
  await ca('install', 'nss')
  await ca('renew')
  await ca('install', 'nss')
  assert.equal(nicknames().length, 3)
  const { code, stdout } = await ca('uninstall')
  assert.equal(code, 0)
  assert.match(stdout, /^(removed +nss .*\n){3}$/)
  assert.deepEqual(nicknames(), [])
  assert.deepEqual(readdirSync(join(home, 'parley')).sort(), ['ca', 'touched.json'])
  assert.equal(readFileSync(join(home, 'parley', 'touched.json'), 'utf8').trim(), '[]')
  const again = await ca('uninstall')
  assert.deepEqual([again.code, again.stdout], [0, ''])
})

test('what a person put in before Parley stays', { skip }, async () => {
  const { ca, certutil, nicknames } = homeWithNss()
  certutil('-A', '-n', 'by hand', '-t', 'C,,', '-i', (await ca('path')).stdout.trim())
  assert.match((await ca('install', 'nss')).stdout, /^trusted/)
  assert.deepEqual(nicknames(), [])
  assert.equal((await ca('uninstall')).stdout, '')
  assert.match(certutil('-L'), /by hand +C,,/)
})

test('only the kinds that are named; the former key stays while something may trust it', { skip }, async () => {
  const { home, ca, nicknames } = homeWithNss()
  await ca('install', 'nss')
  await ca('new')
  assert.equal((await ca('uninstall', 'java')).code, 0)
  assert.equal(nicknames().length, 1)
  assert.ok(readdirSync(join(home, 'parley')).some(name => name.startsWith('ca.old-')))
})

test('a damaged journal is named and nothing done; a damaged entry is left alone', { skip }, async () => {
  const { home, ca, nicknames } = homeWithNss()
  await ca('install', 'nss')
  const path = join(home, 'parley', 'touched.json')
  const good = readFileSync(path, 'utf8')
  writeFileSync(path, '{')
  const refused = await ca('uninstall')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /touched\.json, .* is damaged/)
  assert.equal(nicknames().length, 1)
  const odd = { kind: 'trust', key: 'odd\u001b', before: '{"store":"system","place":"/","without":""}' }
  writeFileSync(path, JSON.stringify([...JSON.parse(good), odd]))
  const partly = await ca('uninstall')
  assert.equal(partly.code, 1)
  assert.match(partly.stderr, /did not write.*odd/)
  assert.ok(!partly.stderr.includes('\u001b'))
  assert.deepEqual(nicknames(), [])
  assert.equal(JSON.parse(readFileSync(path, 'utf8')).length, 1)
})
