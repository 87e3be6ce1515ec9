import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type KeyLogError, openKeyLogFile } from '../../../src/cli/threads/key-log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
after(() => rmSync(folder, { recursive: true }))
const unexpected = (error: KeyLogError): void => assert.fail(error.message)

test('lines go behind what is in the file, which is its owner’s alone where it is new', () => {
  const path = join(folder, 'new')
  const file = openKeyLogFile(path, unexpected)
  file.write('CLIENT_RANDOM a b')
  file.close()
  file.write('after the end')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  writeFileSync(path, 'mine\n')
  const again = openKeyLogFile(path, unexpected)
  again.write('yours')
  again.close()
  assert.equal(readFileSync(path, 'utf8'), 'mine\nyours\n')
})

test('a file that cannot be opened is named', () => {
  assert.throws(() => openKeyLogFile(join(folder, 'no', 'such'), unexpected), {
    code: 'ENOENT',
    message: /^--keylog: .+ cannot be written \(ENOENT\)$/,
  })
})

test('a file that cannot be written any more is told once', {
  skip: !existsSync('/dev/full') && 'needs /dev/full',
}, () => {
  const told: KeyLogError[] = []
  const file = openKeyLogFile('/dev/full', error => told.push(error))
  file.write('a')
  file.write('b')
  file.close()
  assert.deepEqual(told, [{ code: 'ENOSPC', message: '--keylog: /dev/full cannot be written any more (ENOSPC)' }])
})
