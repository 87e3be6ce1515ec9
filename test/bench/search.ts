// What a search through headers and bodies takes, and how long a key waits while it runs.
// Run: node --import tsx test/bench/search.ts [count]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseFilter } from '../../src/filter/parser.ts'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import { inlineBytes } from '../../src/recorder/body-keeper.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { captureSource } from '../../src/tui/capture-source.ts'
import { Session } from '../../src/tui/session.ts'
import { pageOf } from '../../src/tui/shell/page.ts'
import { decodedBody } from '../../src/view/body/decoded.ts'
import { inflatedMessages } from '../../src/view/frames/websocket-inflate.ts'

const count = Number(process.argv[2] ?? 100_000)
const goalMs = 100 // from a key to its frame
const folder = mkdtempSync(join(tmpdir(), 'parley-search-'))
const path = join(folder, 'bench.parley')

const json = (id: number): Buffer =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: 30 }, (_, n) => ({ id: id * 30 + n, name: `user ${id}-${n}`, note: 'lorem ipsum dolor' })),
    ),
  )
const shared: Header[] = Array.from({ length: 10 }, (_, n) => [
  `x-header-${n}`,
  `value ${n} of the usual length of a header`,
])
const exchange = (id: number, zipped: boolean, bytes: number): Exchange => ({
  id,
  connection: 1,
  request: {
    ...{ headAt: 1.8e12 + id, bodyBytes: 0, bodyDropped: 0, endedAt: 1.8e12 + id },
    head: {
      ...{ method: 'GET', target: `/v1/users/${id}`, scheme: 'https', authority: `host${id % 200}.example.com` },
      ...{ path: `/v1/users/${id}`, version: 'HTTP/1.1', headers: shared },
    },
  },
  informational: [],
  response: {
    ...{ headAt: 1.8e12 + id, bodyBytes: bytes, bodyDropped: 0, endedAt: 1.8e12 + id + 9 },
    head: {
      ...{ status: 200, reason: 'OK', version: 'HTTP/1.1' },
      headers: [
        ...shared,
        ['content-type', 'application/json'],
        ...(zipped ? [['content-encoding', 'gzip'] as const] : []),
      ],
    },
  },
  problems: [],
})

const writer = openCaptureWriter(path)
for (let id = 1; id <= count; ) {
  writer.begin()
  for (const end = Math.min(count, id + 499); id <= end; id++) {
    const zipped = id % 3 === 0
    const body = zipped ? gzipSync(json(id)) : json(id)
    const isShort = body.length <= inlineBytes
    writer.exchange(exchange(writer.nextFlowId(), zipped, body.length), undefined, isShort ? body : undefined)
    if (!isShort) writer.body(id, 'response', 0, body)
  }
  writer.commit()
}
writer.close()

const capture = openCapture(path, { decode: { body: decodedBody, messages: inflatedMessages } })
console.log(
  `${count} flows, bodies of ${json(1).length} bytes, a third of them in gzip; ${(capture.info().size / 2 ** 20).toFixed(0)} MB`,
)
for (const text of [
  '~u nowhere',
  '~h nowhere',
  '~b nowhere',
  '~all nowhere',
  '~all "no(w|t)here"',
  '~d host7. & ~all nowhere',
]) {
  const start = performance.now()
  capture.count(parseFilter(text))
  console.log(`${text.padEnd(32)} ${(performance.now() - start).toFixed(0).padStart(7)} ms in one go`)
}

const source = captureSource(capture)
const world = {
  source,
  columns: 160,
  rows: 48,
  status: { recording: false, capturePath: path, command: 'parley' },
  hints: [],
}
const session = new Session({ world, actions: {}, write: () => {} })
let longest = 0
const timed = (work: () => void): void => {
  const start = performance.now()
  work()
  pageOf(session.state, session.world)
  longest = Math.max(longest, performance.now() - start)
}
let frames = 0
const stop = source.followSearch(() => {
  frames++
  timed(() => session.refresh())
})
const wanted = `user ${count - 5}-7`
const started = performance.now()
for (const key of ['f', ...`~all "${wanted}"`, 'enter']) timed(() => session.press(key === ' ' ? 'space' : key))
const filter = session.state.filter.filter!
while (source.searched(filter) !== undefined) {
  const asked = performance.now()
  await new Promise(resolve => setTimeout(resolve, 5)) // a key comes now and then
  longest = Math.max(longest, performance.now() - asked - 5)
  timed(() => session.press('down'))
}
const ms = performance.now() - started
console.log(
  `on the screen: ${source.count(filter)} found in ${ms.toFixed(0)} ms with ${frames} frames between; a key waited ${longest.toFixed(0)} ms at most`,
)
stop()
capture.close()
rmSync(folder, { recursive: true })
process.exitCode = longest > goalMs ? 1 : 0
