import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { captureFolder, isOpen, listCaptures, newCapturePath, pruneCaptures } from '../../src/store/capture-files.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from './samples.ts'

test("captures go to each platform's place for data", () => {
  assert.equal(captureFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a'), '/data/parley/captures')
  assert.equal(captureFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/a'), '/home/a/.local/share/parley/captures')
  assert.equal(captureFolder({}, 'darwin', '/Users/a'), '/Users/a/Library/Application Support/parley/captures')
  assert.equal(captureFolder({ LOCALAPPDATA: '/l' }, 'win32', '/u'), '/l/parley/captures')
})

test('a new capture is named by the time, in a folder for its owner alone', () =>
  inFolder(folder => {
    const place = join(folder, 'captures')
    mkdirSync(place, { mode: 0o755 })
    const now = new Date(2026, 10, 21, 10, 22, 7)
    const path = newCapturePath(place, now)
    assert.equal(basename(path), '2026-11-21T10-22-07.parley')
    assert.equal(statSync(place).mode & 0o777, 0o700)
    writeFileSync(path, '')
    assert.equal(basename(newCapturePath(place, now)), '2026-11-21T10-22-07-2.parley')
  }))

/** `count` captures, each a minute newer than the one before. */
function captures(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const path = newCapturePath(folder, new Date(2026, 10, 21, 10, n))
    openCaptureWriter(path).close()
    utimesSync(path, 1000 + n, 1000 + n)
    return path
  })
}

test('the newest twenty stay, older ones go with what lies beside them', () =>
  inFolder(folder => {
    const paths = captures(folder, 22)
    writeFileSync(`${paths[0]}-shm`, '')
    assert.deepEqual(pruneCaptures(folder).sort(), paths.slice(0, 2))
    assert.deepEqual(
      readdirSync(folder).sort(),
      paths.slice(2).map(path => basename(path)),
    )
    assert.deepEqual(listCaptures(folder)[0], paths[21])
  }))

test('a file with a name of its own stays', () =>
  inFolder(folder => {
    captures(folder, 2)
    writeFileSync(join(folder, 'login-bug.parley'), '')
    pruneCaptures(folder, 0)
    assert.deepEqual(readdirSync(folder), ['login-bug.parley'])
  }))

test('a capture that is being written or read stays', () =>
  inFolder(folder => {
    const [read, gone] = captures(folder, 2)
    const capture = openCapture(read!)
    capture.info()
    const writing = newCapturePath(folder, new Date(2026, 10, 21, 9))
    const writer = openCaptureWriter(writing)
    utimesSync(writing, 1, 1)
    assert.equal(isOpen(writing), true)
    assert.deepEqual(pruneCaptures(folder, 0).sort(), [gone])
    writer.close()
    assert.equal(isOpen(writing), false)
    capture.close()
    pruneCaptures(folder, 0)
    assert.equal(existsSync(read!), false)
  }))

test('a folder that is not there has no captures', () => {
  assert.deepEqual(listCaptures('/nowhere/at/all'), [])
})
