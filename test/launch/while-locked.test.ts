import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { whileLocked } from '../../src/launch/while-locked.ts'

function fileIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'locked-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'file')
}

const module = pathToFileURL(join(import.meta.dirname, '../../src/launch/while-locked.ts')).href
const adding = `
  const { readFileSync, writeFileSync } = await import('node:fs')
  const { whileLocked } = await import('${module}')
  const path = process.argv[1]
  for (let i = 0; i < 100; i++)
    whileLocked(path, () => writeFileSync(path, String(Number(readFileSync(path, 'utf8')) + 1)))`

test('of what several processes change nothing is lost', async t => {
  const path = fileIn(t)
  writeFileSync(path, '0')
  const all = [1, 2, 3].map(() => spawn(process.execPath, ['--input-type=module', '-e', adding, path]))
  assert.deepEqual(await Promise.all(all.map(async child => (await once(child, 'exit'))[0])), [0, 0, 0])
  assert.equal(readFileSync(path, 'utf8'), '300')
  assert.equal(existsSync(`${path}.lock`), false)
})

test('it is free again after work that failed', t => {
  const path = fileIn(t)
  assert.throws(() => {
    whileLocked(path, () => {
      throw new Error('no')
    })
  }, /no/)
  assert.equal(
    whileLocked(path, () => 7),
    7,
  )
})

test('one that a killed process left holds nobody up for long', t => {
  const path = fileIn(t)
  writeFileSync(`${path}.lock`, '')
  const before = Date.now() / 1000 - 60
  utimesSync(`${path}.lock`, before, before)
  assert.equal(
    whileLocked(path, () => 7),
    7,
  )
})

test('a folder that is not there is no reason to wait', t => {
  assert.throws(() => whileLocked(join(fileIn(t), 'deeper'), () => 7), /ENOENT/)
})
