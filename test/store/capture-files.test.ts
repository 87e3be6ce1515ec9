import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { bodyFileOf } from '../../src/store/body-file.ts'
import { openCapture } from '../../src/store/capture.ts'
import {
  isOpen,
  listCaptures,
  newCapturePath,
  type Purpose,
  pruneCaptures,
  removeCapture,
  roomBeside,
} from '../../src/store/capture-files.ts'
import { writeNote } from '../../src/store/notes.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from './samples.ts'

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

test('the name tells what a capture is of', () =>
  inFolder(folder => {
    const now = new Date(2026, 10, 21, 10, 22, 7)
    assert.equal(basename(newCapturePath(folder, now, 'trace')), '2026-11-21T10-22-07.trace.parley')
    assert.equal(basename(newCapturePath(folder, now, 'record')), '2026-11-21T10-22-07.record.parley')
  }))

const now = 1_800_000_000_000
const day = 86_400_000

/** `count` captures, each a day newer than the one before, the last of them a day old. */
function captures(folder: string, count: number, purpose: Purpose = 'recording'): string[] {
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(now - (count - n) * day)
    const path = newCapturePath(folder, at, purpose)
    openCaptureWriter(path).close()
    utimesSync(path, at, at)
    return path
  })
}

const all = { newest: 0, days: 0, bytes: 0 }
const none = { newest: 0, days: 1000, bytes: 1e12 }

test('recordings of 30 days and traces of a week stay, older ones go with what lies beside them', () =>
  inFolder(folder => {
    const recordings = captures(folder, 33)
    const traces = captures(folder, 9, 'trace')
    for (const end of ['-shm', '-bodies']) writeFileSync(`${recordings[0]}${end}`, '')
    const kept = [...recordings.slice(3), ...traces.slice(2)]
    assert.deepEqual(pruneCaptures(folder, now), [recordings[2], recordings[1], recordings[0], traces[1], traces[0]])
    assert.deepEqual(readdirSync(folder).sort(), kept.map(path => basename(path)).sort())
    assert.deepEqual(basename(listCaptures(folder)[0]!).slice(0, 10), basename(recordings[32]!).slice(0, 10))
  }))

test('the newest few stay however old they are', () =>
  inFolder(folder => {
    const paths = captures(folder, 7)
    assert.deepEqual(pruneCaptures(folder, now + 365 * day), [paths[1], paths[0]])
  }))

test('a thousand traces push no recording out, and the oldest recordings make room for newer ones', () =>
  inFolder(folder => {
    const [first, second, third] = captures(folder, 3)
    const size = statSync(first!).size
    const rules = { trace: all, recording: { newest: 0, days: 1000, bytes: 2 * size } }
    captures(folder, 10, 'trace')
    assert.equal(pruneCaptures(folder, now, { ...rules, recording: none }).length, 10)
    assert.deepEqual(pruneCaptures(folder, now, rules), [first])
    assert.deepEqual(listCaptures(folder), [third, second])
  }))

test('the bodies beside a capture count with it', () =>
  inFolder(folder => {
    const [first, second] = captures(folder, 2)
    const size = statSync(first!).size
    const rules = { trace: all, recording: { newest: 0, days: 1000, bytes: 3 * size } }
    writeFileSync(bodyFileOf(second!), Buffer.alloc(size))
    assert.deepEqual(pruneCaptures(folder, now, rules), [])
    writeFileSync(bodyFileOf(second!), Buffer.alloc(size + 1))
    assert.deepEqual(pruneCaptures(folder, now, rules), [first])
    removeCapture(second!)
    assert.deepEqual(readdirSync(folder), [])
  }))

test('bodies whose capture is gone go when they are old, unless somebody else named them', () =>
  inFolder(folder => {
    const [old, fresh, recorded] = [...captures(folder, 2), ...captures(folder, 1, 'record')] as [
      string,
      string,
      string,
    ]
    const mine = join(folder, 'login-bug.parley')
    mkdirSync(join(folder, '2026-01-01T00-00-00.parley-bodies'))
    for (const path of [old, fresh, recorded, mine]) {
      rmSync(path, { force: true })
      writeFileSync(bodyFileOf(path), 'x')
      if (path !== fresh) utimesSync(bodyFileOf(path), 1, 1)
    }
    assert.deepEqual(pruneCaptures(folder, Date.now()), [bodyFileOf(old)])
    assert.equal(readdirSync(folder).length, 4)
  }))

test('no capture is named as one whose bodies are still there', () =>
  inFolder(folder => {
    const at = new Date(2026, 10, 21, 10, 22, 7)
    writeFileSync(bodyFileOf(newCapturePath(folder, at)), '')
    assert.equal(basename(newCapturePath(folder, at)), '2026-11-21T10-22-07-2.parley')
  }))

test('a file with a name of its own stays, and what `parley record` wrote', () =>
  inFolder(folder => {
    captures(folder, 2)
    const [recorded] = captures(folder, 1, 'record')
    writeFileSync(join(folder, 'login-bug.parley'), '')
    pruneCaptures(folder, now, { recording: all, trace: all })
    assert.deepEqual(readdirSync(folder).sort(), [basename(recorded!), 'login-bug.parley'])
  }))

test('a capture with a mark or a comment stays, and looking changes nothing of it', () =>
  inFolder(folder => {
    const [marked, commented, plain] = captures(folder, 3)
    writeNote(marked!, 1, { marked: true, comment: '' })
    writeNote(commented!, 1, { marked: false, comment: 'look here' })
    utimesSync(marked!, 1, 1)
    assert.deepEqual(pruneCaptures(folder, now, { recording: all, trace: all }), [plain])
    assert.deepEqual(readdirSync(folder).sort(), [basename(marked!), basename(commented!)].sort())
    assert.equal(statSync(marked!).mtimeMs, 1000)
  }))

test('a file that is no capture any more stays, because its notes are not known', () =>
  inFolder(folder => {
    const [damaged] = captures(folder, 1)
    writeFileSync(damaged!, 'x'.repeat(5000))
    assert.deepEqual(pruneCaptures(folder, Date.now() + 100 * day, { recording: all, trace: all }), [])
  }))

test('a capture that is being written or read stays', () =>
  inFolder(folder => {
    const rules = { recording: all, trace: all }
    const [read, gone] = captures(folder, 2)
    const capture = openCapture(read!)
    capture.info()
    const writing = newCapturePath(folder, new Date(2026, 10, 21, 9))
    const writer = openCaptureWriter(writing)
    utimesSync(writing, 1, 1)
    assert.equal(isOpen(writing), true)
    assert.deepEqual(pruneCaptures(folder, now, rules), [gone])
    writer.close()
    assert.equal(isOpen(writing), false)
    capture.close()
    pruneCaptures(folder, Date.now() + day, rules)
    assert.equal(existsSync(read!), false)
  }))

test('the room beside a file is that of its disk, and none where that is not known', () => {
  assert.ok(roomBeside('/tmp/a') > 0)
  assert.equal(roomBeside('/nowhere/at/all/a'), 0)
})

test('a folder that is not there has no captures', () => {
  assert.deepEqual(listCaptures('/nowhere/at/all'), [])
})
