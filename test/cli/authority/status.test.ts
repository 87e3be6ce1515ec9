import assert from 'node:assert/strict'
import { test } from 'node:test'
import { homeWithNss, skipWithoutCertutil as skip } from './with-nss.ts'

test('status tells this very root from a former one, and what is left of that', {
  skip,
  timeout: 120_000,
}, async () => {
  const { ca, database } = homeWithNss()
  const nss = async () => {
    const { code, stdout, stderr } = await ca('status')
    assert.equal(code, 0)
    return { line: stdout.split('\n').find(line => line.includes(database))!, stdout, stderr }
  }
  const before = await nss()
  assert.match(before.line, /^not trusted +nss/)
  assert.match(before.stdout, /^Parley CA \(.*\), until \d{4}-\d\d-\d\d\nsha256 [\da-f]{64}\n\n/)
  assert.match(before.stdout, /^(?:trusted|not trusted|another Parley root|not there|cannot tell) +system/m)
  await ca('install', 'nss')
  assert.match((await nss()).line, /^trusted +nss/)
  await ca('new', '--only', 'example.com', '--days', '30')
  const after = await nss()
  assert.match(after.line, /^another Parley root +nss/)
  assert.match(after.stdout, /for example\.com only/)
  assert.ok(after.stderr.includes(`an earlier root is in ${database}`))
})
