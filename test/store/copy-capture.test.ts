import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { bodyFileOf, bodyFileStart } from '../../src/store/body-file.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { copyCapture } from '../../src/store/copy-capture.ts'
import { applicationId, migrations } from '../../src/store/schema.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

const bytesOf = (id: number, length: number): Buffer => Buffer.alloc(length, `body ${id} `)

/** Three exchanges, whose bodies are short, long, and long with a gap. */
function recording(path: string) {
  const writer = openCaptureWriter(path, { now: 1000 })
  writer.connection(connectionOf(1))
  for (const id of [1, 2, 3]) writer.exchange(exchangeOf(id), undefined, id === 1 ? Buffer.from('short') : undefined)
  writer.body(2, 'response', 0, bytesOf(2, 700_000))
  writer.body(3, 'request', 0, bytesOf(3, 3000))
  writer.body(3, 'request', 5000, bytesOf(3, 3000))
  writer.note(2, { marked: true, comment: 'here' })
  writer.commit()
  return writer
}

const bodiesOf = (capture: Capture): unknown[] =>
  [1, 2, 3].flatMap(id =>
    (['request', 'response'] as const).map(side => [
      capture.bodyLength(id, side),
      Buffer.from(capture.body(id, side, 0, 1e6)),
      Buffer.from(capture.body(id, side, 5000, 1e6)),
    ]),
  )

function sees<Result>(path: string, look: (capture: Capture) => Result): Result {
  const capture = openCapture(path)
  try {
    return look(capture)
  } finally {
    capture.close()
  }
}

const everything = (capture: Capture) => ({
  rows: capture.flows({ limit: 9 }),
  exchanges: [1, 2, 3].map(id => capture.exchange(id)),
  connection: capture.connection(1),
  marked: capture.marked(),
  bodies: bodiesOf(capture),
  problem: capture.bodyProblem(),
})

test('one file has all that both had: also of a capture that is being recorded', () =>
  inFolder(folder => {
    const [path, live, ended] = ['a', 'live', 'ended'].map(name => join(folder, `${name}.parley`)) as [
      string,
      string,
      string,
    ]
    const writer = recording(path)
    assert.equal(copyCapture(path, live), undefined)
    writer.close()
    assert.equal(copyCapture(path, ended), undefined)
    const expected = sees(path, everything)
    assert.equal((expected.bodies[3] as [number])[0], 700_000)
    for (const copy of [live, ended]) {
      assert.deepEqual(sees(copy, everything), expected)
      assert.equal(statSync(copy).mode & 0o777, 0o600)
    }
    const copyOfCopy = join(folder, 'again.parley')
    assert.equal(copyCapture(ended, copyOfCopy), undefined)
    assert.deepEqual(sees(copyOfCopy, everything), expected)
    const names = ['a.parley', 'a.parley-bodies', 'again.parley', 'ended.parley', 'live.parley']
    assert.deepEqual(readdirSync(folder).sort(), names)
  }))

test('a copy takes nobody’s place: a file, a link, bodies of another', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    recording(path).close()
    writeFileSync(join(folder, 'b.parley'), 'mine')
    symlinkSync('nowhere', join(folder, 'c.parley'))
    writeFileSync(join(folder, 'd.parley-bodies'), 'mine')
    const before = readdirSync(folder)
    for (const name of ['a', 'b', 'c', 'd'])
      assert.throws(() => copyCapture(path, join(folder, `${name}.parley`)), { code: 'store/exists' })
    assert.throws(() => copyCapture(path, join(folder, 'none', 'a.parley')), { code: 'store/cannot-make' })
    assert.throws(() => copyCapture(join(folder, 'z.parley'), join(folder, 'y.parley')), { code: 'store/missing' })
    assert.deepEqual(readdirSync(folder), before)
  }))

test('bodies that are not there are told, and stay known to be missing', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    recording(path).close()
    truncateSync(bodyFileOf(path), bodyFileStart + 700_000 + 100)
    const cut = join(folder, 'cut.parley')
    assert.equal(copyCapture(path, cut)?.code, 'store/bodies-cut')
    sees(cut, capture => {
      assert.deepEqual(Buffer.from(capture.body(2, 'response', 0, 1e6)), bytesOf(2, 700_000))
      assert.equal(capture.bodyProblem(2, 'response'), undefined)
      assert.equal(capture.bodyLength(3, 'request'), 0)
      assert.equal(capture.bodyProblem(3, 'request')?.code, 'store/bodies-missing')
    })
    rmSync(bodyFileOf(path))
    const none = join(folder, 'none.parley')
    assert.equal(copyCapture(path, none)?.code, 'store/bodies-missing')
    sees(none, capture => assert.equal(capture.bodyProblem(2, 'response')?.code, 'store/bodies-missing'))
  }))

for (const sql of [
  'INSERT INTO body_parts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT 9, 1, i, 32, 700000 FROM n',
  'UPDATE body_parts SET place = 0',
  'UPDATE body_parts SET length = -1',
])
  test(`a capture that would swell is not copied, and nothing is left: ${sql}`, () =>
    inFolder(folder => {
      const path = join(folder, 'a.parley')
      recording(path).close()
      const database = new DatabaseSync(path)
      database.exec(sql)
      database.close()
      assert.throws(() => copyCapture(path, join(folder, 'b.parley')), { code: 'store/damaged' })
      assert.deepEqual(readdirSync(folder).sort(), ['a.parley', 'a.parley-bodies'])
    }))

test('a capture from before bodies had a file is read, and copied as this Parley has them', () =>
  inFolder(folder => {
    const path = join(folder, 'old.parley')
    const database = new DatabaseSync(path)
    const before = migrations.findIndex(script => script.includes('body_parts'))
    for (const script of migrations.slice(0, before)) database.exec(script)
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${before}`)
    database.exec('INSERT INTO capture VALUES (1, 1000, 1, 0)')
    const part = database.prepare('INSERT INTO bodies(exchange, side, offset, bytes) VALUES (1, 1, ?, ?)')
    database.prepare("INSERT INTO messages VALUES (1, '[]', NULL, ?)").run(Buffer.from('first '))
    part.run(6, Buffer.from('second'))
    part.run(12, Buffer.from(' third'))
    database.close()
    assert.equal(copyCapture(path, join(folder, 'new.parley')), undefined)
    for (const name of ['old', 'new'])
      sees(join(folder, `${name}.parley`), capture => {
        assert.equal(Buffer.from(capture.body(1, 'response', 0, 99)).toString(), 'first second third')
        assert.equal(Buffer.from(capture.body(1, 'response', 8, 5)).toString(), 'cond ')
        assert.deepEqual([capture.bodyLength(1, 'response'), capture.bodyProblem()], [18, undefined])
      })
    assert.equal(existsSync(bodyFileOf(path)), false)
  }))

test('a pipe is no place for a copy', { skip: process.platform === 'win32' }, () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    recording(path).close()
    execFileSync('mkfifo', [join(folder, 'pipe')])
    assert.throws(() => copyCapture(path, join(folder, 'pipe')), { code: 'store/exists' })
  }),
)
