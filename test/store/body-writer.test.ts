import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { bodyFileOf } from '../../src/store/body-file.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { lacking } from '../lacking.ts'
import { exchangeOf, inFolder } from './samples.ts'

/** Different at every place of every body. */
const bytesOf = (exchange: number, from: number, length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => ((from + index) * 7 + exchange * 31) % 253))

const parts = (path: string): number => {
  const database = new DatabaseSync(path)
  const count = database.prepare('SELECT count(*) AS n FROM body_parts').get()!.n as number
  database.close()
  return count
}

test('bodies that come all at a time, in pieces of any size, are read as they were', () => {
  const step = fc.record({
    exchange: fc.integer({ min: 1, max: 3 }),
    length: fc.oneof(fc.nat(50), fc.nat(20_000), fc.nat(600_000)),
    skipped: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(1000)),
    committed: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps =>
      inFolder(folder => {
        const path = join(folder, 'a.parley')
        const writer = openCaptureWriter(path)
        const kept = new Map<number, { from: number; bytes: Buffer }[]>([1, 2, 3].map(id => [id, []]))
        const at = new Map([1, 2, 3].map(id => [id, 0]))
        for (const { exchange, length, skipped, committed } of steps) {
          const from = at.get(exchange)! + skipped
          const bytes = bytesOf(exchange, from, length)
          writer.body(exchange, 'response', from, bytes)
          kept.get(exchange)!.push({ from, bytes: Buffer.from(bytes) })
          bytes.fill(0) // the slab is used again
          at.set(exchange, from + length)
          if (committed) writer.commit()
        }
        writer.close()
        const capture = openCapture(path)
        for (const [exchange, pieces] of kept)
          for (const { from, bytes } of pieces)
            assert.ok(bytes.equals(capture.body(exchange, 'response', from, bytes.length)), `${exchange} at ${from}`)
        assert.equal(capture.bodyProblem(), undefined)
        capture.close()
      }),
    ),
    { numRuns: 25 },
  )
})

test('what comes of one body before a commit is one part, however many pieces, and little more when others come between', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    for (let n = 0; n < 100; n++) writer.body(1, 'response', n * 16_000, new Uint8Array(16_000))
    writer.commit()
    assert.equal(parts(path), 1)
    for (let n = 0; n < 1000; n++) for (const id of [2, 3]) writer.body(id, 'request', n * 100, new Uint8Array(100))
    writer.commit()
    assert.equal(parts(path), 3)
    writer.close()
    assert.equal(statSync(bodyFileOf(path)).size, 32 + 1_600_000 + 200_000)
  }))

test('nobody else sees bytes before their commit, and nothing else than them after it', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const capture = openCapture(path)
    writer.exchange(exchangeOf(1))
    writer.commit()
    writer.body(1, 'response', 0, bytesOf(1, 0, 1_000_000))
    assert.ok(statSync(bodyFileOf(path)).size > 500_000)
    assert.equal(capture.bodyLength(1, 'response'), 0)
    assert.equal(capture.body(1, 'response', 0, 10).length, 0)
    writer.commit()
    assert.equal(capture.bodyLength(1, 'response'), 1_000_000)
    writer.body(1, 'response', 1_000_000, new Uint8Array(1_000_000))
    assert.equal(capture.body(1, 'response', 999_990, 100).length, 10)
    writer.commit()
    assert.equal(capture.body(1, 'response', 999_990, 100).length, 100)
    capture.close()
    writer.close()
  }))

test('the file is for its owner alone, and only there where a capture has large bodies', () =>
  inFolder(folder => {
    const before = process.umask(0)
    try {
      const path = join(folder, 'a.parley')
      const writer = openCaptureWriter(path)
      assert.equal(statSync(bodyFileOf(path)).mode & 0o777, 0o600)
      writer.exchange(exchangeOf(1), Buffer.from('short'))
      writer.close()
      assert.equal(existsSync(bodyFileOf(path)), false)
      const capture = openCapture(path)
      assert.equal(capture.bodyProblem(), undefined)
      assert.equal(Buffer.from(capture.body(1, 'request', 0, 9)).toString(), 'short')
      capture.close()
    } finally {
      process.umask(before)
    }
  }))

test('bodies of another capture, or a link, that lie there are not written: no capture is made', () =>
  inFolder(folder => {
    const other = join(folder, 'other')
    writeFileSync(other, 'mine')
    const path = join(folder, 'a.parley')
    writeFileSync(bodyFileOf(path), 'bodies')
    symlinkSync(other, bodyFileOf(join(folder, 'b.parley')))
    symlinkSync('/nowhere/at/all', bodyFileOf(join(folder, 'c.parley')))
    for (const name of ['a', 'b', 'c']) {
      const made = join(folder, `${name}.parley`)
      assert.throws(() => openCaptureWriter(made), {
        code: 'store/exists',
        message: new RegExp(`${name}.parley-bodies`),
      })
      assert.equal(existsSync(made), false)
    }
    assert.equal(readFileSync(bodyFileOf(path), 'utf8') + readFileSync(other, 'utf8'), 'bodiesmine')
  }))

const child = `
  import { openCaptureWriter } from ${JSON.stringify(new URL('../../src/store/writer.ts', import.meta.url).href)}
  import { execFileSync } from 'node:child_process'
  const writer = openCaptureWriter(process.argv[1])
  const put = n => { for (let i = 0; i < 8; i++) writer.body(n, 'response', i * 100_000, new Uint8Array(100_000).fill(n * 8 + i)) }
  put(1)
  writer.commit()
  put(2)
  let said = ''
  try { writer.commit() } catch (error) { said = error.code + ' ' + error.message }
  put(3)
  execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited'])
  const resumed = writer.resume()
  put(4)
  writer.close()
  console.log(JSON.stringify({ said, resumed }))`

test(
  'a file that may grow no further ends the recording: what came before is written when it may grow again',
  {
    skip:
      process.platform === 'linux' ? lacking('bash', 'prlimit') : 'only Linux lets the limit of another process grow',
  },
  () =>
    inFolder(folder => {
      const path = join(folder, 'a.parley')
      const script = 'trap \'\' XFSZ; ulimit -S -f 1000; exec "$0" --input-type=module --eval "$1" "$2"' // KB or half of them
      const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, child, path], { encoding: 'utf8' })
      const { said, resumed } = JSON.parse(stdout || `{"said":${JSON.stringify(stderr)}}`)
      assert.match(said, /^store\/disk-full the disk is full: .*a\.parley: no file may be that large there$/)
      assert.equal(resumed, true)
      const capture = openCapture(path)
      for (const [id, length] of [
        [1, 800_000],
        [2, 262_144],
        [3, 0],
        [4, 800_000],
      ] as const) {
        const bytes = capture.body(id, 'response', 0, 1_000_000)
        assert.equal(bytes.length, length, `body ${id}`)
        for (let at = 0; at < length; at += 100_000)
          assert.ok(bytes.subarray(at, at + 100_000).every(byte => byte === id * 8 + at / 100_000))
      }
      assert.match(capture.events().at(-1)!.text, /nothing was recorded from/)
      capture.close()
    }),
)
