import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { worldOf } from '../../../../src/proxy/relay/acting/world.ts'
import type { FoundFile } from '../../../../src/rules/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-world-'))
after(() => rmSync(folder, { recursive: true }))
const root = join(folder, 'site')
mkdirSync(join(root, 'sub'), { recursive: true })
mkdirSync(join(folder, 'site-beside'))
writeFileSync(join(root, 'a.txt'), 'abcdef')
writeFileSync(join(folder, 'secret'), 'secret')
writeFileSync(join(folder, 'site-beside', 'b.txt'), 'b')
symlinkSync(join(folder, 'secret'), join(root, 'leak'))
symlinkSync(folder, join(root, 'up'))
symlinkSync('../site-beside/b.txt', join(root, 'beside'))
symlinkSync('a.txt', join(root, 'inside'))
symlinkSync('loop', join(root, 'loop'))

const { files, isOurs } = worldOf((address, port) => address === '127.0.0.1' && port === 8080)

async function read(file: FoundFile, start: number, end: number): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of file.read(start, end)) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('files and folders are found, links inside among them', async () => {
  assert.equal(await files.find(root, []), 'folder')
  assert.equal(await files.find(root, ['sub']), 'folder')
  for (const name of ['a.txt', 'inside']) {
    const found = await files.find(root, [name])
    assert.ok(found && found !== 'folder')
    assert.equal(found.size, 6)
    assert.equal(Math.trunc(found.modifiedAt), Math.trunc(statSync(join(root, 'a.txt')).mtimeMs))
    assert.deepEqual([await read(found, 0, 6), await read(found, 1, 3), await read(found, 6, 6)], ['abcdef', 'bc', ''])
  }
  assert.notEqual(await files.find(join(root, 'a.txt'), []), undefined)
})

test('nothing outside is found, whatever leads there, nor what is not there', async () => {
  for (const names of [
    ['leak'],
    ['up', 'secret'],
    ['up'],
    ['beside'],
    ['..', 'secret'],
    ['none'],
    ['a.txt', 'x'],
    ['loop'],
    ['x'.repeat(9999)],
  ])
    assert.equal(await files.find(root, names), undefined, String(names))
})

test('a whole file is read up to a limit, and only a file', async () => {
  assert.equal(String(await files.read(join(root, 'a.txt'), 6)), 'abcdef')
  await assert.rejects(files.read(join(root, 'a.txt'), 5), { code: 'EFBIG' })
  await assert.rejects(files.read(join(root, 'none'), 5), { code: 'ENOENT' })
  await assert.rejects(files.read(root, 5), { code: 'EINVAL' })
})

test('this machine’s own name leads to its own address', () => {
  assert.deepEqual(
    ['127.0.0.1', 'localhost', 'a.localhost', 'example.com'].map(host => isOurs(host, 8080)),
    [true, true, true, false],
  )
  assert.equal(isOurs('localhost', 8081), false)
})
