// What logging the frames of small HTTP/2 requests costs the recorder. Run: node --import tsx test/bench/frame-log.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { DynamicTable } from '../../src/wire/http2/hpack/dynamic-table.ts'

const requests = 200_000
const perTick = 80 // 2000 a second, a tick each 40 ms
const payload = new Uint8Array(60)
const table = new DynamicTable()
for (let i = 0; i < 50; i++) table.add([`x-name-${i}`, 'a value of the usual length']) // what is kept now and then

for (const connections of [1, 10, 80]) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-frames-'))
  const writer = openCaptureWriter(join(folder, 'bench.parley'))
  const book = new FrameBook()
  const taps = Array.from({ length: connections }, (_, index) => book.tap(index + 1))
  let commits = 0
  const started = performance.now()
  for (let i = 0; i < requests; i++) {
    const tap = taps[i % connections]!
    const stream = i * 2 + 1
    tap('to-server', i, { type: 1, flags: 5, stream, length: 60 }, payload, table)
    tap('to-client', i, { type: 1, flags: 4, stream, length: 60 }, payload, table)
    tap('to-client', i, { type: 0, flags: 1, stream, length: 60 }, undefined)
    if (i % perTick === perTick - 1) {
      book.write((id, page) => writer.frames(id, page), false)
      const before = performance.now()
      writer.commit() // paid by every tick already
      commits += performance.now() - before
    }
  }
  book.write((id, page) => writer.frames(id, page), true)
  const perRequest = ((performance.now() - started - commits) * 1000) / requests
  console.log(`${connections} connections: ${perRequest.toFixed(2)} µs a request`)
  writer.close()
  rmSync(folder, { recursive: true })
}
