import assert from 'node:assert/strict'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { mergeCaptures } from '../../src/store/merge-captures.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

function recording(path: string, word: string): string {
  const writer = openCaptureWriter(path, { now: 1000 })
  writer.connection(connectionOf(1))
  writer.wire(1, 'client', 'to-server', { at: 1, offset: 0, bytes: Buffer.from(word) })
  writer.process(1, { pid: 7, name: word, command: word })
  for (const id of [1, 2]) writer.exchange(exchangeOf(id, { path: `/${word}/${id}` }), Buffer.from(word))
  writer.body(2, 'response', 0, Buffer.alloc(100_000, word))
  writer.note(2, { marked: true, comment: word })
  writer.close()
  return path
}

test('several captures become one, each with all that it had, under new numbers', () =>
  inFolder(folder => {
    const paths = ['one', 'two', 'three'].map(word => recording(join(folder, `${word}.parley`), word))
    const to = join(folder, 'all.parley')
    assert.equal(mergeCaptures(paths, to), undefined)
    assert.equal(statSync(to).mode & 0o777, 0o600)
    const capture = openCapture(to)
    try {
      const { flows, connections } = capture.info()
      assert.deepEqual([flows, connections], [6, 3])
      const rows = capture.flows({ limit: 9 })
      assert.deepEqual(
        rows.map(({ path, connection, comment }) => [path, connection, comment]).sort(),
        ['one', 'two', 'three']
          .flatMap((word, i) => [
            [`/${word}/1`, i + 1, undefined],
            [`/${word}/2`, i + 1, word],
          ])
          .sort(),
      )
      for (const { id, connection, path } of rows) {
        const [, word, number] = path.split('/')
        const exchange = capture.exchange(id)
        assert.deepEqual([exchange?.id, exchange?.connection, exchange?.request.head.path], [id, connection, path])
        assert.equal(Buffer.from(capture.body(id, 'request', 0, 99)).toString(), word)
        assert.equal(capture.bodyLength(id, 'response'), number === '2' ? 100_000 : 0)
        assert.deepEqual(
          [capture.connection(connection)?.id, capture.connection(connection)?.process?.name],
          [connection, word],
        )
      }
      assert.equal(capture.hosts().length, 1)
    } finally {
      capture.close()
    }
  }))

test('what cannot be merged leaves nothing, and no file is written over', () =>
  inFolder(folder => {
    const one = recording(join(folder, 'one.parley'), 'one')
    const other = join(folder, 'other')
    writeFileSync(other, 'no capture')
    const broken = recording(join(folder, 'broken.parley'), 'broken')
    const database = new DatabaseSync(broken)
    database.exec("UPDATE connections SET state = '{'")
    database.close()
    const to = join(folder, 'all.parley')
    assert.throws(() => mergeCaptures([one, broken], to), /damaged.*broken\.parley/)
    assert.throws(() => mergeCaptures([one, other], to), /not a Parley capture/)
    assert.equal(existsSync(to), false)
    assert.throws(() => mergeCaptures([one, one], other), /exists/)
    assert.deepEqual(
      readdirSync(folder).filter(name => name.startsWith('all')),
      [],
    )
    assert.equal(statSync(other).size, 10)
  }))
