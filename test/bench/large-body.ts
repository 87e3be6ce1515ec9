// A download of some GB through Parley, over HTTP/1.1 and HTTP/2: are the client's bytes exact, how far does the memory
// of the process grow, how large does the capture become. Linux, with curl.
// Run: npm run build && node --import tsx test/bench/large-body.ts [GB, 5 where absent]
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { keep, listeningPort } from './ratio/child.ts'

const goalMb = 150
const chunk = randomBytes(1 << 20)
const chunks = Math.round(Number(process.argv[2] ?? 5) * 1024)
const folder = mkdtempSync(join(tmpdir(), 'parley-large-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const identity = (name: string): Buffer => readFileSync(file(`../fixtures/tls-identities/${name}`))

function* body() {
  for (let i = 0; i < chunks; i++) yield chunk
}
const expected = createHash('sha256')
for (const each of body()) expected.update(each)
const digest = expected.digest('hex')

const origin = createSecureServer(
  { allowHTTP1: true, cert: identity('ecdsa.pem'), key: identity('ecdsa.key.pem') },
  (_, response) => {
    response.setHeader('content-length', chunks * chunk.length)
    Readable.from(body()).pipe(response as unknown as NodeJS.WritableStream)
  },
)
origin.listen(0, '127.0.0.1')
await once(origin, 'listening')
const originPort = (origin.address() as AddressInfo).port

/** Of a process, in MB. */
const resident = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function download(version: 'http1.1' | 'http2'): Promise<boolean> {
  const capture = join(folder, `${version}.parley`)
  const options = ['record', '-k', '-l', '127.0.0.1:0', '--ca-dir', join(folder, 'ca'), '--capture', capture]
  const child = spawn(process.execPath, [file('../../dist/src/cli/main.js'), ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const parley = keep(child)
  const proxy = `http://127.0.0.1:${await listeningPort(child)}`
  const before = resident(parley.pid)
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, resident(parley.pid))
  }, 50)
  const started = performance.now()
  const hash = createHash('sha256')
  const curl = spawn(
    'curl',
    ['-sk', '--noproxy', '', '-x', proxy, `--${version}`, `https://localhost:${originPort}/`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  for await (const bytes of curl.stdout) hash.update(bytes)
  const seconds = (performance.now() - started) / 1000
  clearInterval(watch)
  await parley.stop()
  const exact = hash.digest('hex') === digest
  const grown = peak - before
  const kept = (statSync(capture).size + statSync(`${capture}-bodies`).size) / 2 ** 20
  console.log(
    `${version.padEnd(8)} ${chunks} MB in ${seconds.toFixed(1)} s, bytes ${exact ? 'exact' : 'DIFFER'}; resident ${before.toFixed(0)} MB grew by ${grown.toFixed(0)}${grown > goalMb ? '  OVER' : ''}; capture ${kept.toFixed(0)} MB`,
  )
  return exact && grown <= goalMb
}

const passed = [await download('http1.1'), await download('http2')]
origin.close()
process.exit(passed.every(Boolean) ? 0 : 1)
