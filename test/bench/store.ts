// What one exchange costs the store, and what the list costs a reader. Run: node --import tsx test/bench/store.ts [count]
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFilter } from '../../src/filter/parser.ts'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'

const count = Number(process.argv[2] ?? 200_000)
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'parley-store-'))
const path = join(folder, 'bench.parley')

const requestHeaders = (n: number): Header[] => [
  ['Host', `host${n % 200}.example.com`],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'],
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Accept-Language', 'en-GB,en;q=0.5'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Connection', 'keep-alive'],
  ['Cookie', `session=${n}abcdef0123456789; theme=dark`],
  ['Sec-Fetch-Dest', 'document'],
]
const responseHeaders = (n: number): Header[] => [
  ['Date', 'Sat, 21 Nov 2026 10:22:07 GMT'],
  ['Content-Type', n % 3 ? 'application/json; charset=utf-8' : 'text/html'],
  ['Content-Length', '256'],
  ['Connection', 'keep-alive'],
  ['Cache-Control', 'max-age=0, private, must-revalidate'],
  ['ETag', `W/"${n}"`],
  ['Server', 'nginx'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Request-Id', `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`],
]
const exchange = (id: number): Exchange => ({
  id,
  connection: Math.ceil(id / 50),
  request: {
    head: {
      method: id % 5 ? 'GET' : 'POST',
      target: `/v1/users/${id}?page=${id % 7}`,
      scheme: 'https',
      authority: `host${id % 200}.example.com`,
      path: `/v1/users/${id}?page=${id % 7}`,
      version: 'HTTP/1.1',
      headers: requestHeaders(id),
    },
    headAt: 1.8e12 + id,
    bodyBytes: 0,
    bodyDropped: 0,
    endedAt: 1.8e12 + id,
  },
  informational: [],
  response: {
    head: { status: id % 1000 ? 200 : 404, reason: 'OK', version: 'HTTP/1.1', headers: responseHeaders(id) },
    headAt: 1.8e12 + id + 12,
    bodyBytes: 256,
    bodyDropped: 0,
    endedAt: 1.8e12 + id + 12.5,
  },
  problems: [],
})

const body = new Uint8Array(256).fill(65)
const shown = (label: string, ms: number) => console.log(`${label.padEnd(44)} ${ms.toFixed(1)} ms`)
const timed = <Result>(label: string, work: () => Result): Result => {
  const start = performance.now()
  const result = work()
  shown(label, performance.now() - start)
  return result
}

if (!existsSync(path)) {
  const writer = openCaptureWriter(path)
  let spent = 0
  let cpu = 0
  for (let id = 1; id <= count; ) {
    const batch = Array.from({ length: Math.min(500, count - id + 1) }, (_, n) => exchange(id + n))
    const used = process.cpuUsage()
    const start = performance.now()
    writer.begin()
    for (const each of batch) writer.exchange(each, undefined, body)
    writer.commit()
    spent += performance.now() - start
    const { user, system } = process.cpuUsage(used)
    cpu += user + system
    id += batch.length
  }
  timed('close', () => writer.close())
  console.log(
    `${((spent / count) * 1000).toFixed(2)} us an exchange, ${(cpu / count).toFixed(2)} us CPU, ${(statSync(path).size / 1e6).toFixed(0)} MB`,
  )
}

const capture = timed('open', () => openCapture(path))
timed('info', () => capture.info())
timed('first screen', () => capture.flows({ limit: 60 }))
timed('last screen', () => capture.flows({ limit: 60, order: 'newest' }))
timed('position', () => capture.position(undefined, count - 7))
for (const text of [
  '~c 404',
  '~c 599',
  '~d host7.example',
  '~d nowhere',
  'users/12345',
  'page=9',
  'nowhere.example.com',
  '~u "users/(1|2)99999"',
  '~t xml',
  '~dur >5s',
  '~tls 1.3',
  '~c 5xx & ~d host7 | ~m DELETE',
]) {
  const filter = parseFilter(text)
  timed(`first screen of ${text}`, () => capture.flows({ filter, limit: 60 }))
  timed(`last screen of ${text}`, () => capture.flows({ filter, limit: 60, order: 'newest' }))
  timed(`count of ${text}`, () => capture.count(filter))
}
capture.close()
if (!process.argv[3]) rmSync(folder, { recursive: true })
