import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { homeWithNss, skipWithoutCertutil as skip } from './with-nss.ts'

test('a store that is the person’s own trusts the root without a question, and is written down', { skip }, async () => {
  const { home, database, ca, nicknames } = homeWithNss()
  const first = await ca('install', 'nss')
  assert.deepEqual([first.code, first.stderr], [0, ''])
  assert.match(first.stdout, new RegExp(`^trusted +nss +${database}\n$`))
  assert.equal(nicknames().length, 1)
  const [touched] = JSON.parse(readFileSync(join(home, 'parley', 'touched.json'), 'utf8'))
  assert.deepEqual([touched.kind, JSON.parse(touched.before).place], ['trust', database])
  assert.match((await ca('install', 'nss')).stdout, /^trusted +nss/)
  assert.equal(nicknames().length, 1)
})

test('what needs root is shown and not done where nobody can agree; the exit code tells', { skip }, async () => {
  const { ca } = homeWithNss()
  const { code, stdout, stderr } = await ca('install', 'system')
  if (/^(not there|trusted)/.test(stdout)) return assert.equal(code, 0) // a system without such a store
  assert.equal(code, 1)
  assert.match(stderr, /^As root:\n {2}\S.*parley-[\da-f]{16}\.\w+\n[\s\S]*give --yes\n$/)
  assert.match(stdout, /^not done +system .*not agreed to/)
})

test('a store of no known kind is refused with those that there are', { skip }, async () => {
  const { ca } = homeWithNss()
  const { code, stderr } = await ca('install', 'firefox')
  assert.equal(code, 2)
  assert.match(stderr, /system, nss, java, android/)
})
