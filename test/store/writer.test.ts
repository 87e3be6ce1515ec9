import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openCapture } from '../../src/store/capture.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapInUse(): number {
  collect()
  collect() // what the first one found
  return process.memoryUsage().heapUsed
}

test('the capture, its log and its index are for their owner alone', () =>
  inFolder(folder => {
    const before = process.umask(0)
    try {
      const writer = openCaptureWriter(join(folder, 'new', 'a.parley'))
      writer.exchange(exchangeOf(1))
      writer.commit()
      const files = readdirSync(join(folder, 'new'))
      assert.deepEqual(files.sort(), ['a.parley', 'a.parley-bodies', 'a.parley-shm', 'a.parley-wal'])
      for (const file of files) assert.equal(statSync(join(folder, 'new', file)).mode & 0o777, 0o600, file)
      assert.equal(statSync(join(folder, 'new')).mode & 0o777, 0o700)
      writer.close()
    } finally {
      process.umask(before)
    }
  }))

test('a file that is there already is not written', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    openCaptureWriter(path).close()
    assert.throws(() => openCaptureWriter(path), { name: 'StoreError', code: 'store/exists' })
  }))

test('a capture in a folder that is a file says that, not that it exists already', () =>
  inFolder(folder => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const path of [join(file, 'a.parley'), join(file, 'deeper', 'a.parley')])
      assert.throws(() => openCaptureWriter(path), { code: 'store/cannot-make', message: /is a file, not a folder/ })
  }))

test('an exchange that is written again replaces its row and keeps the body that was left out', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const { response: _, ...open } = exchangeOf(1)
    writer.exchange(open, Buffer.from('ask'))
    writer.exchange(exchangeOf(2))
    writer.exchange(exchangeOf(1), undefined, Buffer.from('answer'))
    writer.exchange(exchangeOf(1, { status: 404 }))
    writer.close()
    const capture = openCapture(path)
    assert.equal(capture.count(), 2)
    assert.equal(capture.flows({ limit: 1 })[0]?.status, 404)
    assert.equal(Buffer.from(capture.body(1, 'request', 0, 99)).toString(), 'ask')
    assert.equal(Buffer.from(capture.body(1, 'response', 0, 99)).toString(), 'answer')
    capture.close()
  }))

test('an exchange may be written after one with a higher number, and is counted', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.exchange(exchangeOf(2))
    writer.exchange(exchangeOf(1))
    writer.connection(connectionOf(2))
    writer.connection(connectionOf(1))
    writer.connection(connectionOf(2, { serverName: 'b' }))
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual([capture.info().flows, capture.info().connections], [2, 2])
    assert.equal(capture.connection(2)?.serverName, 'b')
    capture.close()
  }))

test("a connection's flow takes a number of the exchanges' sequence and keeps it", () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.exchange(exchangeOf(writer.nextFlowId()))
    writer.connectionFlow(connectionOf(7), writer.nextFlowId())
    writer.exchange(exchangeOf(writer.nextFlowId()))
    writer.connectionFlow(connectionOf(7, { closed: { at: 2000 } }), 2)
    assert.throws(() => writer.exchange(exchangeOf(2)), { code: 'store/id-taken' })
    assert.throws(() => writer.connectionFlow(connectionOf(8), 3), { code: 'store/id-taken' })
    writer.close()
    const capture = openCapture(path)
    const rows = capture.flows({ limit: 9 })
    assert.deepEqual(
      rows.map(({ id, kind, state }) => [id, kind, state]),
      [
        [1, 'exchange', 'complete'],
        [2, 'connection', 'complete'],
        [3, 'exchange', 'complete'],
      ],
    )
    capture.close()
  }))

test('nothing is kept of a connection that was written', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    const connection = connectionOf(1, { closed: { at: 2000 } })
    let id = 0
    const write = (most: number) => {
      while (id < most) writer.connectionFlow({ ...connection, id: ++id }, writer.nextFlowId())
      writer.commit()
      return heapInUse()
    }
    const before = write(1000)
    const grown = write(40_000) - before
    writer.close()
    assert.ok(grown < 1_000_000, `${grown} bytes`)
  }))

const wire = (n: number) => ({ offset: n * 16_384, at: 1, bytes: new Uint8Array(16_384) })

test('a file at its limit is told once, with a remedy, and what was committed stays', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path, { maxBytes: 700_000 })
    writer.exchange(exchangeOf(1))
    writer.commit()
    const fill = () => {
      for (let n = 0; n < 100; n++) writer.wire(1, 'client', 'to-server', wire(n))
      writer.commit()
    }
    assert.throws(fill, (error: unknown) => {
      assert(error instanceof StoreError)
      assert.equal(error.code, 'store/disk-limit')
      assert.match(error.remedy, /--disk-limit/)
      return true
    })
    assert.equal(writer.failure?.code, 'store/disk-limit')
    fill()
    writer.commit()
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual(capture.exchange(1), exchangeOf(1))
    capture.close()
  }))

test('where there is room again the writing goes on: the log says since when it did not, and the numbers are right', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    let room = 1000
    const writer = openCaptureWriter(path, { maxBytes: 2_000_000, room: () => room })
    writer.exchange(exchangeOf(1))
    writer.commit()
    assert.equal(writer.resume(), false) // nothing has ended
    writer.exchange(exchangeOf(2))
    writer.frames(1, { first: 0, count: 1, packed: new Uint8Array(4_000_000) }) // as if the disk were full
    assert.deepEqual([writer.failure?.code, writer.keepsBodies], ['store/disk-full', false])
    assert.throws(() => writer.commit(), /disk is full/)
    writer.commit() // told once
    writer.exchange(exchangeOf(3))
    assert.equal(writer.resume(), false)
    room = 100_000_000
    assert.equal(writer.resume(), true)
    assert.deepEqual([writer.failure, writer.keepsBodies], [undefined, true])
    writer.exchange({ ...exchangeOf(2), response: exchangeOf(2).response! })
    writer.exchange(exchangeOf(4))
    writer.commit()
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual(
      [1, 2, 3, 4].map(id => capture.exchange(id)?.id),
      [1, 2, undefined, 4],
    )
    assert.equal(capture.info().flows, 3)
    assert.match(capture.events().at(-1)!.text, /the disk is full.*: nothing was recorded from \d{4}-.*Z on$/)
    capture.close()
  }))

test('a file at its own limit does not go on', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'), { maxBytes: 700_000 })
    for (let n = 0; n < 100; n++) writer.wire(1, 'client', 'to-server', wire(n))
    assert.equal(writer.failure?.code, 'store/disk-limit')
    assert.equal(writer.resume(), false)
    assert.throws(() => writer.close(), /--disk-limit/) // nobody was told before
  }))

test('after a checkpoint a copy of the file alone has what was committed', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    writer.exchange(exchangeOf(1))
    writer.commit()
    writer.checkpoint()
    copyFileSync(writer.path, join(folder, 'copy.parley'))
    const copy = openCapture(join(folder, 'copy.parley'))
    assert.deepEqual(copy.exchange(1), exchangeOf(1))
    copy.close()
    writer.close()
  }))

test('near its limit a file has room for rows, and no more for bodies', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'), { maxBytes: 4_000_000 })
    writer.exchange(exchangeOf(1), Buffer.alloc(16_384))
    for (let n = 1; n < 60; n++) {
      if (writer.keepsBodies) writer.body(1, 'response', n * 100_000, new Uint8Array(100_000))
      if (!writer.keepsBodies) writer.commit() // what was guessed is measured
    }
    assert.equal(writer.keepsBodies, false)
    for (let n = 2; n < 200; n++) writer.exchange(exchangeOf(n))
    writer.commit()
    assert.equal(writer.failure, undefined)
    writer.close()
    assert.ok(statSync(writer.path).size + statSync(`${writer.path}-bodies`).size < 4_000_000)
  }))

test('close is harmless twice', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    writer.close()
    assert.doesNotThrow(() => writer.close())
  }))

test('an exchange takes the row of its connection, and the last word on that makes no other', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
    const failed = connectionOf(1, { problems: [problem], closed: { at: 2000 } })
    const row = writer.nextFlowId()
    writer.connection(failed)
    writer.connectionFlow(failed, row)
    writer.commit()
    writer.spokenFor(1, row)
    const aborted = { at: 2000, by: 'server', why: 'refused', how: 'connection-failed' } as const
    writer.exchange({ ...exchangeOf(row, { connection: 1 }), aborted })
    writer.explained({ ...failed, problems: [{ ...problem, message: 'refused, as the RST shows' }], explained: true })
    writer.close()
    const capture = openCapture(path)
    const shown = capture.flows({ limit: 9 }).map(({ id, kind, state, note }) => [id, kind, state, note])
    assert.deepEqual(shown, [[row, 'exchange', 'aborted', 'refused, as the RST shows']])
    const { flows, failed: counted } = capture.info()
    assert.deepEqual([flows, counted, capture.exchange(row)?.aborted], [1, 1, aborted])
    capture.close()
  }))

test('the last word on a connection is in the list as well; one that failed after all gets its row', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const closed = { closed: { at: 2000 } }
    for (const id of [1, 2, 3]) writer.connection(connectionOf(id, closed))
    writer.connectionFlow(connectionOf(1, closed), writer.nextFlowId())
    const problem = { code: 'tls/ended-by-server', blame: 'server', message: 'it ended' } as const
    for (const id of [1, 2]) writer.explained(connectionOf(id, { ...closed, problems: [problem], explained: true }))
    writer.explained(connectionOf(3, { ...closed, explained: true }))
    writer.close()
    const capture = openCapture(path)
    const rows = capture.flows({ limit: 9 })
    const shown = rows.map(row => [row.connection, row.problem, row.state, row.code, row.note])
    assert.deepEqual(
      shown,
      [1, 2].map(id => [id, true, 'aborted', problem.code, 'it ended']),
    )
    assert.equal(capture.info().failed, 2)
    assert.equal(capture.connection(2)?.explained, true)
    capture.close()
  }))
