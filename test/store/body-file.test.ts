import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { bodyFileBeside, bodyFileOf, bodyFileStart } from '../../src/store/body-file.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

const body = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251))

/** A capture with a body of 5000 bytes in the file beside it. */
function recorded(folder: string, name = 'a.parley'): string {
  const path = join(folder, name)
  const writer = openCaptureWriter(path)
  writer.exchange(exchangeOf(1))
  writer.body(1, 'response', 0, body)
  writer.close()
  return path
}

function reading<Result>(path: string, work: (capture: Capture) => Result): Result {
  const capture = openCapture(path)
  try {
    return work(capture)
  } finally {
    capture.close()
  }
}

const all = (capture: Capture): Buffer => Buffer.from(capture.body(1, 'response', 0, 10_000))

test('both files are read together, through a link to the capture too', () =>
  inFolder(folder => {
    const path = recorded(folder)
    symlinkSync(path, join(folder, 'link.parley'))
    assert.equal(bodyFileBeside(join(folder, 'link.parley')), bodyFileOf(path))
    for (const each of [path, join(folder, 'link.parley')])
      reading(each, capture => {
        assert.deepEqual(all(capture), body)
        assert.equal(capture.bodyLength(1, 'response'), 5000)
        assert.equal(capture.bodyProblem(), undefined)
        assert.equal(capture.bodyProblem(1, 'response'), undefined)
        assert.equal(capture.info().size > 5000 + readFileSync(path).length, true)
      })
  }))

const missing = ['store/bodies-missing', /no such file/] as const
const other = ['store/bodies-foreign', /not the one/] as const
const special = ['store/bodies-foreign', /no regular file/] as const

/** What may lie there instead, and what is said of it; the right file has been taken away. */
const spoiled: readonly (readonly [
  string,
  readonly [code: string, says: RegExp],
  (file: string, right: string) => void,
])[] = [
  ['nothing', missing, () => {}],
  ['a link to nothing', special, file => symlinkSync('nowhere', file)],
  ['a link to the right file', special, (file, right) => symlinkSync(right, file)],
  ['a link to an endless one', special, file => symlinkSync('/dev/zero', file)],
  ['a pipe', special, file => execFileSync('mkfifo', [file])],
  ['a folder', special, file => mkdirSync(file)],
  ['an empty file', other, file => writeFileSync(file, '')],
  ['some other file', other, file => writeFileSync(file, 'x'.repeat(9000))],
  ['the file of another capture', other, file => copyFileSync(bodyFileOf(recorded(dirname(file), 'b.parley')), file)],
]
for (const [what, [code, says], spoil] of spoiled)
  test(`${what} beside a capture gives no byte and a named problem`, { skip: process.platform === 'win32' }, () =>
    inFolder(folder => {
      const path = recorded(folder)
      const right = join(folder, 'right')
      renameSync(bodyFileOf(path), right)
      spoil(bodyFileOf(path), right)
      reading(path, capture => {
        assert.equal(all(capture).length, 0)
        assert.equal(capture.bodyLength(1, 'response'), 0)
        for (const problem of [capture.bodyProblem(), capture.bodyProblem(1, 'response')]) {
          assert.equal(problem?.code, code)
          assert.match(problem?.message ?? '', says)
          assert.ok(problem?.message.includes(bodyFileOf(path)) && problem.remedy)
        }
        assert.equal(capture.bodyProblem(1, 'request'), undefined)
        assert.equal(capture.count(), 1)
      })
    }),
  )

test('of a file that was cut, what is there is read, and that the rest is missing is said', () =>
  inFolder(folder => {
    const path = recorded(folder)
    truncateSync(bodyFileOf(path), bodyFileStart + 3000)
    reading(path, capture => {
      assert.deepEqual(all(capture), body.subarray(0, 3000))
      assert.equal(capture.body(1, 'response', 3000, 10).length, 0)
      assert.equal(capture.bodyLength(1, 'response'), 3000)
      assert.equal(capture.bodyProblem(1, 'response')?.code, 'store/bodies-cut')
    })
  }))

test('a file that is put back is read by who has the capture open', () =>
  inFolder(folder => {
    const path = recorded(folder)
    renameSync(bodyFileOf(path), join(folder, 'elsewhere'))
    reading(path, capture => {
      assert.equal(all(capture).length, 0)
      renameSync(join(folder, 'elsewhere'), bodyFileOf(path))
      assert.deepEqual(all(capture), body)
    })
  }))

const change = (path: string, sql: string): void => {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

test('bytes behind those that the capture knows of are not read', () =>
  inFolder(folder => {
    const path = recorded(folder)
    appendFileSync(bodyFileOf(path), 'of a tick that was never committed')
    reading(path, capture => {
      assert.deepEqual(all(capture), body)
      assert.equal(capture.bodyLength(1, 'response'), 5000)
    })
  }))

for (const [sql, bytes] of [
  ['UPDATE body_parts SET place = 0', 0],
  ['UPDATE body_parts SET place = 9007199254740991', 0],
  ['UPDATE body_parts SET length = 9007199254740991', 5000],
  ['UPDATE body_parts SET offset = 9007199254740991', 0],
  ['UPDATE body_parts SET length = 0', 0],
] as const)
  test(`a place that Parley would not write gives no other bytes: ${sql}`, () =>
    inFolder(folder => {
      const path = recorded(folder)
      change(path, sql)
      reading(path, capture => {
        assert.deepEqual(all(capture), body.subarray(0, bytes))
        assert.ok(capture.bodyLength(1, 'response') <= 5000 || sql.includes('offset'))
        capture.bodyProblem()
      })
    }))

for (const sql of [
  'UPDATE body_parts SET place = -1',
  'UPDATE body_parts SET length = -1',
  'UPDATE body_parts SET length = 9223372036854775807',
])
  test(`numbers that are none make a damaged capture: ${sql}`, () =>
    inFolder(folder => {
      const path = recorded(folder)
      change(path, sql)
      reading(path, capture => assert.throws(() => all(capture), { code: 'store/damaged' }))
    }))

for (const id of ['NULL', "x''", "x'00'", 'zeroblob(16)', 'zeroblob(50000)'])
  test(`a capture that names no file of its own reads none: ${id}`, () =>
    inFolder(folder => {
      const path = recorded(folder)
      change(path, `UPDATE capture SET body_file = ${id}`)
      reading(path, capture => {
        assert.equal(all(capture).length, 0)
        assert.equal(capture.bodyProblem()?.code, 'store/bodies-foreign')
      })
    }))
