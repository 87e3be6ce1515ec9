import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { loadRootFiles, publishRootFiles, resolveFolder, rootPaths, sweepLeftovers } from '../../ca/key-store.ts'
import { folderFor } from './make.ts'

const files = { certificate: 'CERT', privateKey: 'PRIVATE', publicKey: 'PUBLIC' }
const posix = { skip: process.platform === 'win32' && 'Windows has no such modes' }
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('what is published is loaded again, and nothing is left beside it', async t => {
  const home = folderFor(t)
  const folder = join(home, 'deep', 'ca')
  assert.equal(await loadRootFiles(folder), undefined)
  assert.deepEqual(await publishRootFiles(folder, files), files)
  assert.deepEqual(await loadRootFiles(folder), files)
  assert.deepEqual(readdirSync(dirname(folder)), ['ca'])
})

test('files are 0600 and folders 0700, whatever the umask', posix, async t => {
  const folder = join(folderFor(t), 'ca')
  const umask = process.umask(0)
  t.after(() => process.umask(umask))
  await publishRootFiles(folder, files)
  const paths = rootPaths(folder)
  for (const path of Object.values(paths)) assert.equal(modeOf(path), '600', path)
  for (const path of [folder, dirname(paths.certificate), dirname(paths.privateKey)])
    assert.equal(modeOf(path), '700', path)
})

test('an empty folder, and one with empty certs and keys, is taken over and made private', posix, async t => {
  const empty = join(folderFor(t), 'ca')
  mkdirSync(empty, { mode: 0o755 })
  assert.deepEqual(await publishRootFiles(empty, files), files)
  assert.equal(modeOf(empty), '700')
  const hollow = join(folderFor(t), 'ca')
  mkdirSync(join(hollow, 'certs'), { recursive: true })
  mkdirSync(join(hollow, 'keys'))
  assert.deepEqual(await publishRootFiles(hollow, files), files)
  assert.deepEqual(await loadRootFiles(hollow), files)
})

test('a folder with other files is refused and left as it was', async t => {
  const home = folderFor(t)
  const folder = join(home, 'ca')
  mkdirSync(join(folder, 'certs'), { recursive: true })
  writeFileSync(join(folder, 'notes'), 'mine')
  await assert.rejects(publishRootFiles(folder, files), { code: 'ca/cannot-create', message: /holds other files/ })
  assert.ok(existsSync(join(folder, 'notes')))
  assert.deepEqual(readdirSync(home), ['ca'])
})

test('of several that publish at once one wins, and all hear which', async t => {
  const folder = join(folderFor(t), 'ca')
  const mine = Array.from({ length: 8 }, (_, i) => ({ certificate: `C${i}`, privateKey: `K${i}`, publicKey: `P${i}` }))
  const answers = await Promise.all(mine.map(one => publishRootFiles(folder, one)))
  const winner = await loadRootFiles(folder)
  for (const answer of answers) assert.deepEqual(answer, winner)
  assert.ok(mine.some(one => one.certificate === winner?.certificate && one.privateKey === winner.privateKey))
})

test('each loose mode is refused with its path, the mode and the command that mends it', posix, async t => {
  const folder = join(folderFor(t), 'c a')
  await publishRootFiles(folder, files)
  const { privateKey, publicKey } = rootPaths(folder)
  for (const [path, loose, tight] of [
    [privateKey, 0o640, 0o600],
    [publicKey, 0o604, 0o600],
    [dirname(privateKey), 0o750, 0o700],
    [join(folder, 'certs'), 0o701, 0o700],
    [folder, 0o755, 0o700],
  ] as const) {
    chmodSync(path, loose)
    await assert.rejects(loadRootFiles(folder), error => {
      assert.ok(error instanceof Error && 'code' in error && 'remedy' in error)
      assert.equal(error.code, 'ca/loose-mode')
      assert.ok(error.message.includes(`${path} (mode 0${loose.toString(8)})`), error.message)
      assert.equal(error.remedy, `run "chmod ${tight.toString(8)} '${path}'"`)
      return true
    })
    chmodSync(path, tight)
    await loadRootFiles(folder)
  }
})

test('a root that lacks a file is refused by the name of that file', async t => {
  for (const part of ['certificate', 'privateKey', 'publicKey'] as const) {
    const folder = join(folderFor(t), 'ca')
    await publishRootFiles(folder, files)
    const path = rootPaths(folder)[part]
    rmSync(path)
    await assert.rejects(loadRootFiles(folder), error => {
      assert.ok(
        error instanceof Error && error.message.includes(path) && error.message.includes(`mv ${folder} ${folder}.old`),
      )
      return 'code' in error && error.code === 'ca/incomplete'
    })
  }
})

test('a file where the folder should be is an error, not a crash', async t => {
  const path = join(folderFor(t), 'ca')
  writeFileSync(path, '')
  await assert.rejects(loadRootFiles(path), { code: 'ca/cannot-read', message: /is a file, not a folder/ })
  await assert.rejects(publishRootFiles(join(path, 'below'), files), { code: 'ca/cannot-create' })
})

test('what a dead process left is swept, what is young or named otherwise stays', async t => {
  const home = folderFor(t)
  const folder = join(home, 'ca')
  for (const name of ['ca.tmp-0123456789ab', 'ca.tmp-ba9876543210', 'ca.tmp-mine', 'xca.tmp-0123456789ab'])
    mkdirSync(join(home, name, 'keys'), { recursive: true })
  const old = Date.now() / 1000 - 120
  for (const name of readdirSync(home)) if (name !== 'ca.tmp-ba9876543210') utimesSync(join(home, name), old, old)
  await sweepLeftovers(folder, Date.now())
  assert.deepEqual(readdirSync(home), ['ca.tmp-ba9876543210', 'ca.tmp-mine', 'xca.tmp-0123456789ab'])
  await sweepLeftovers(join(home, 'no', 'such'), Date.now())
})

test('a link to a folder stands for the folder', posix, async t => {
  const home = folderFor(t)
  mkdirSync(join(home, 'real'))
  symlinkSync(join(home, 'real'), join(home, 'link'))
  const folder = await resolveFolder(join(home, 'link'))
  await publishRootFiles(folder, files)
  assert.deepEqual(await loadRootFiles(join(home, 'link')), files)
  assert.equal(await resolveFolder(join(home, 'none')), join(home, 'none'))
})

test('a folder that others may replace is refused, when it is made and when it is read', posix, async t => {
  const shared = join(folderFor(t), 'shared')
  const folder = join(shared, 'mine', 'ca')
  mkdirSync(dirname(folder), { recursive: true })
  await publishRootFiles(folder, files)
  chmodSync(shared, 0o777)
  for (const act of [() => loadRootFiles(folder), () => publishRootFiles(join(dirname(folder), 'other'), files)])
    await assert.rejects(act, { code: 'ca/loose-mode', remedy: `run "chmod go-w ${shared}", or give another folder` })
  chmodSync(shared, 0o1777)
  await loadRootFiles(folder)
  chmodSync(shared, 0o770)
  if (process.getgid!() === process.getuid!()) await loadRootFiles(folder) // the user's private group
})

test('a root of another user is refused', {
  skip: process.getuid?.() !== 0 && 'only root gives files away',
}, async t => {
  const folder = join(folderFor(t), 'ca')
  await publishRootFiles(folder, files)
  const { certificate } = rootPaths(folder)
  chownSync(certificate, 12_345, 0)
  await assert.rejects(loadRootFiles(folder), { code: 'ca/not-yours', message: /belongs to another user/ })
  chownSync(certificate, 0, 0)
  chownSync(dirname(folder), 12_345, 0)
  await assert.rejects(loadRootFiles(folder), { code: 'ca/loose-mode' })
})
