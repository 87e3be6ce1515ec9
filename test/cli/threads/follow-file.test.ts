import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { FollowFile } from '../../../src/cli/threads/follow-file.ts'

test('lines are told as they come, from a file that comes late, grows, is cut short and replaced', t => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-follow-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'keys')
  const lines: string[] = []
  const file = new FollowFile(path, line => lines.push(line))
  t.after(() => file.close())
  const seen = (): string[] => {
    file.look()
    return lines.splice(0)
  }
  assert.equal(file.look(), false)
  writeFileSync(path, 'one\ntw')
  assert.deepEqual(seen(), ['one'])
  appendFileSync(path, 'o\r\n')
  assert.deepEqual(seen(), ['two'])
  assert.deepEqual(seen(), [])
  truncateSync(path)
  assert.deepEqual(seen(), [])
  appendFileSync(path, '3\n')
  assert.deepEqual(seen(), ['3'])
  appendFileSync(path, 'half')
  file.look()
  renameSync(path, `${path}.1`)
  assert.deepEqual(seen(), [])
  writeFileSync(path, 'four\n')
  assert.deepEqual(seen(), ['four'])
  appendFileSync(path, `${'x'.repeat(100_000)}\nfive\n`)
  assert.deepEqual(seen(), ['five'])
  rmSync(path)
  assert.deepEqual(seen(), [])
})

test('what is no file is not read', () => {
  const file = new FollowFile(tmpdir(), () => assert.fail())
  assert.equal(file.look(), false)
})
