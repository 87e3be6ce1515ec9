/**
 * How fast a capture leaves in each format, by the built command, beside tshark and mitmdump on what left: TLS 1.3, 50 flows
 * a connection, bodies of 900 bytes. `export.ts [FLOWS]`, 20,000 unless told. Run `npm run build` first.
 */

import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importCapture } from '../../src/import/import-capture.ts'
import { openCapture } from '../../src/store/capture.ts'
import { lacking } from '../lacking.ts'
import { pcap } from '../wire/packet/make-packets.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { inTime } from '../wire/tls/stream/session-telling.ts'
import { identity } from '../wire/tls/test-certificates.ts'
import { sessionPackets } from './session-packets.ts'

const each = 50 // flows a connection; their requests are one record, which the server answers once
const mostConnections = 60_000 // each from another port
const main = new URL('../../dist/src/cli/main.js', import.meta.url).pathname
const connections = Math.min(mostConnections, Math.ceil(Number(process.argv[2] ?? 20_000) / each))
if (!(connections > 0)) throw new Error('export.ts [FLOWS]: a number of flows')
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
try {
  const capture = await make()
  const flows = flowsIn(capture)
  console.log(
    `${flows} flows on ${connections} connections, a capture of ${(statSync(capture).size / 1e6).toFixed(0)} MB`,
  )
  const file = (format: string): string => join(folder, `out.${format}`)
  for (const format of ['har', 'ndjson', 'curl', 'html', 'pcapng', 'keylog']) {
    const args = [main, 'export', capture, '--as', format, '-o', file(format)]
    await measured(`parley --as ${format}`, flows, process.execPath, args, file(format))
  }
  await besideTshark(flows, file('pcapng'))
  await besideMitmdump(flows, file('har'))
} finally {
  rmSync(folder, { recursive: true })
}

function requestOf(n: number): string {
  const head = `POST /v1/items/${n}?page=${n % 7} HTTP/1.1\r\nHost: api.example.test\r\nCookie: session=abcdef0123456789\r\n`
  return `${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"of":20}\n`
}

function replyTo(n: number): string {
  const items = Array.from({ length: 20 }, (_, i) => ({ id: n * 20 + i, name: `something of a length ${n ^ i}` }))
  const body = JSON.stringify({ items })
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** A capture of flows that came as packets. */
async function make(): Promise<string> {
  const numbers = Array.from({ length: each }, (_, n) => n)
  const [request, reply] = [numbers.map(requestOf).join(''), numbers.map(replyTo).join('')]
  const pair = tlsPair({ server: identity('rsa'), request, reply })
  const [file, keys, to] = [join(folder, 'in.pcap'), join(folder, 'keys'), join(folder, 'bench.parley')]
  writeFileSync(file, pcap([], { linkType: 101 }))
  for (let n = 0; n < connections; n++) {
    const { capture } = await pair.connect({ minVersion: 'TLSv1.3' })
    appendFileSync(file, sessionPackets(1024 + n, inTime(capture)))
    appendFileSync(keys, `${capture.keyLog.join('\n')}\n`)
  }
  const sink = { opened() {}, said: console.log, progress() {}, changed() {} }
  await importCapture({ files: [file], keyLogs: [keys], to, limits: { body: 2 ** 28, behind: Infinity } }, sink)
  return to
}

function flowsIn(path: string): number {
  const capture = openCapture(path)
  try {
    return capture.info().flows
  } finally {
    capture.close()
  }
}

async function besideTshark(flows: number, packets: string): Promise<void> {
  const missing = lacking('tshark')
  if (missing) return console.log(`tshark: ${missing}`)
  await measured('tshark -T json', flows, 'tshark', ['-n', '-r', packets, '-T', 'json'], packets)
  const out = join(folder, 'tshark.pcapng')
  await measured('tshark -w', flows, 'tshark', ['-n', '-r', packets, '-w', out], out)
}

async function besideMitmdump(flows: number, har: string): Promise<void> {
  const missing = lacking('mitmdump')
  if (missing) return console.log(`mitmdump: ${missing}`)
  const told = spawnSync('mitmdump', ['--version'], { encoding: 'utf8', timeout: 30_000 }).stdout
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(told) ?? []
  if (Number(major) < 10 || (major === '10' && minor === '0'))
    return console.log(`mitmdump: ${major}.${minor} reads no HAR; 10.1 is the first that does`)
  await measured('mitmdump -nr', flows, 'mitmdump', ['-n', '-r', har], har)
}

/** Runs it, and says how long it took, of a file's bytes, and its peak of resident memory where /proc tells that. */
async function measured(
  who: string,
  flows: number,
  command: string,
  args: readonly string[],
  file: string,
): Promise<void> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  let peak: string | undefined
  const look = setInterval(() => {
    peak = peakOf(child.pid) ?? peak
  }, 10)
  const code = await new Promise(resolve => child.once('error', resolve).once('close', resolve))
  clearInterval(look)
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) {
    process.exitCode = 1
    return console.log(`${who.padEnd(18)} failed: ${code}`)
  }
  const bytes = statSync(file).size
  const figures = [
    `${seconds.toFixed(1)} s`,
    `${(flows / seconds).toFixed(0)} flows/s`,
    `${(bytes / 1e6 / seconds).toFixed(1)} MB/s of ${(bytes / 1e6).toFixed(1)} MB`,
    `${peak ?? '?'} MB resident at most`,
  ]
  console.log(`${who.padEnd(18)} ${figures.join(', ')}`)
}

/** Megabytes; absent where there is no /proc, or the process has gone. */
function peakOf(pid: number | undefined): string | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes && (Number(kilobytes) / 976.5625).toFixed(0)
  } catch {
    return undefined
  }
}
