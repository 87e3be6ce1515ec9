import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readBounded } from '../../src/cli/read-bounded.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()

test('a file is read up to its bound', () => {
  const path = join(folder, 'file')
  writeFileSync(path, Buffer.alloc(200_000, 7))
  assert.deepEqual(readBounded(path, 200_000), Buffer.alloc(200_000, 7))
  assert.throws(() => readBounded(path, 199_999), { code: 'EFBIG' })
  assert.throws(() => readBounded(join(folder, 'none'), 1), { code: 'ENOENT' })
  assert.throws(() => readBounded(folder, 1), { code: 'EISDIR' })
})

test('what never ends does, and a pipe that nobody writes to is empty', { skip: process.platform === 'win32' }, () => {
  assert.throws(() => readBounded('/dev/zero', 1_000_000), { code: 'EFBIG' })
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  assert.equal(readBounded(pipe, 10).length, 0)
})
