import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

test('a link, a pipe, a folder and what others may open are refused by name', {
  skip: process.platform === 'win32' && 'has no modes',
}, () => {
  const [link, pipe, inside, loose] = ['link', 'pipe', 'inside', 'loose'].map(name => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ]
  writeFileSync(loose, 'theirs\n', { mode: 0o600 })
  symlinkSync(loose, link)
  execFileSync('mkfifo', [pipe])
  mkdirSync(inside)
  assert.throws(() => openKeyLogFile(link, unexpected), { message: `--keylog: ${link} is a symbolic link` })
  for (const path of [pipe, inside]) assert.throws(() => openKeyLogFile(path, unexpected), /^Error: --keylog: /)
  for (const mode of [0o640, 0o604, 0o620, 0o666]) {
    chmodSync(loose, mode)
    assert.throws(() => openKeyLogFile(loose, unexpected), {
      message: `--keylog: others may open ${loose} (mode 0${mode.toString(8)}); run "chmod 600" on it`,
    })
  }
  assert.equal(readFileSync(loose, 'utf8'), 'theirs\n')
})
