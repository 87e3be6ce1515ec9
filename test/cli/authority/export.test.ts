import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
const ca = (...args: string[]) => runCli(folder, 'ca', ...args)
const root = async () => new X509Certificate(readFileSync((await ca('path')).stdout.trim()))

test('each form has the root and never the key', async () => {
  const { raw, fingerprint256 } = await root()
  for (const form of ['pem', 'der', 'p12', 'mobileconfig']) {
    const path = join(folder, `root.${form}`)
    const { code, stdout } = await ca('export', `--${form}`, '-o', path)
    assert.deepEqual([code, stdout], [0, ''], form)
    const bytes = readFileSync(path)
    const text = bytes.toString('latin1')
    if (form === 'pem') assert.equal(new X509Certificate(text).fingerprint256, fingerprint256)
    else if (form === 'mobileconfig') assert.ok(text.replaceAll('\n', '').includes(raw.toString('base64')))
    else assert.ok(bytes.includes(raw), form)
    assert.doesNotMatch(text, /PRIVATE KEY/)
  }
  const { stdout } = await ca('export')
  assert.equal(stdout, readFileSync(join(folder, 'root.pem'), 'utf8'))
  assert.match((await ca('export', '--p12', '-o', join(folder, 'root.p12'))).stderr, /empty password/)
})

test('for Android there are two files, and it is said what for', async () => {
  const into = ownFolder()
  const { raw } = await root()
  const { code, stdout, stderr } = await ca('export', '--android', '-o', into)
  assert.equal(code, 0)
  const [system, person] = stdout.trim().split('\n')
  assert.match(system!, /\/[\da-f]{8}\.0$/)
  assert.deepEqual(new X509Certificate(readFileSync(system!)).raw, raw)
  assert.deepEqual(readFileSync(person!), raw)
  assert.equal(readdirSync(into).length, 2)
  assert.match(stderr, /rooted/)
})

test('two forms at once, and a file that cannot be written, are refused', async () => {
  const both = await ca('export', '--der', '--p12')
  assert.deepEqual([both.code, both.stderr], [2, 'parley: give --der or --p12, not both\n'])
  const nowhere = await ca('export', '-o', join(folder, 'none', 'x.pem'))
  assert.equal(nowhere.code, 1)
  assert.match(nowhere.stderr, /cannot be written \(ENOENT\)/)
})
