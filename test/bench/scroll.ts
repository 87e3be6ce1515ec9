// Keys to frames while some 2,200 requests a second pass, and what the screen costs that traffic: its latency with and
// without the TUI in one run. Linux with util-linux's script, which gives the TUI a terminal of 160x48.
// Run: npm run build && node --import tsx test/bench/scroll.ts [SECONDS]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { keep, listeningPort } from './ratio/child.ts'
import { startOrigin } from './ratio/origin.ts'
import { startLoad } from './ratio/peers.ts'

const goalMs = 50
const seconds = Number(process.argv[2] ?? 20)
const keys = ['j', 'k', '\x06', '\x02', 'G', 'k', 'k', 'j'] // lines, pages, the end
const folder = mkdtempSync(join(tmpdir(), 'parley-scroll-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const fixture = (file: string): string => fileURLToPath(new URL(`../fixtures/tls-identities/${file}`, import.meta.url))
const origin = await startOrigin(folder, { cert: fixture('ecdsa.pem'), key: fixture('ecdsa.key.pem') })
const loads = Array.from({ length: 5 }, startLoad)
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const parley = (name: string): string[] => {
  const options = ['-k', '-l', '127.0.0.1:0', '--ca-dir', join(folder, 'ca'), '--capture', join(folder, name)]
  return [main, ...options]
}
const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length

/** The traffic: requests a second, and the latency of one in ms. */
async function traffic(proxyPort: number): Promise<{ rate: number; p50: number; p99: number }> {
  const job = { shape: 'paced', proxyPort, originPort: origin.port, requests: 1e9, ms: seconds * 1000 } as const
  const results = await Promise.all(loads.map(load => load.run(job)))
  const rate = results.reduce((sum, { requests, seconds }) => sum + requests / seconds, 0)
  return { rate, p50: mean(results.map(({ p50 }) => p50)), p99: mean(results.map(({ p99 }) => p99)) }
}

async function withoutScreen() {
  const child = spawn(process.execPath, [...parley('plain.parley'), '--no-tui'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const { stop } = keep(child)
  const told = await traffic(await listeningPort(child))
  await stop()
  return told
}

async function withScreen() {
  const command = [process.execPath, ...parley('screen.parley')].map(each => `'${each}'`).join(' ')
  const child = spawn('script', ['-qec', `stty rows 48 cols 160; exec ${command}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { stop } = keep(child)
  let screen = ''
  child.stdout.on('data', bytes => {
    screen = (screen + bytes).slice(-100_000)
  })
  while (!/127\.0\.0\.1:\d+/.test(screen)) await sleep(100)
  const done = traffic(Number(/127\.0\.0\.1:(\d+)/.exec(screen)![1]))
  const until = performance.now() + seconds * 1000
  const waits: number[] = []
  await sleep(1000)
  while (performance.now() < until) {
    await quiet(child.stdout)
    const pressed = performance.now()
    child.stdin.write(keys[waits.length % keys.length])
    await once(child.stdout, 'data')
    waits.push(performance.now() - pressed)
  }
  const told = await done
  child.stdin.write('q')
  await Promise.race([once(child, 'exit'), sleep(10_000)])
  await stop()
  return { told, waits: waits.sort((a, b) => a - b) }
}

/** A person's pause, and then a moment without output: what comes next answers the key. */
async function quiet(output: NodeJS.ReadableStream): Promise<void> {
  await sleep(30 + Math.random() * 90)
  for (let more = true; more; )
    more = await Promise.race([once(output, 'data').then(() => true), sleep(5).then(() => false)])
}

const plain = await withoutScreen()
const { told, waits } = await withScreen()
const line = (what: string, { rate, p50, p99 }: typeof plain): void =>
  console.log(`${what.padEnd(12)} ${rate.toFixed(0)} requests/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`)
line('no screen', plain)
line('with screen', told)
console.log(
  `latency with over without: p50 ${(told.p50 / plain.p50).toFixed(2)}, p99 ${(told.p99 / plain.p99).toFixed(2)}`,
)
const over = at(waits, 0.99) > goalMs
console.log(
  `key to frame, ${waits.length} keys: ${[0.5, 0.95, 0.99].map(share => `p${share * 100} ${at(waits, share).toFixed(1)}`).join(', ')} ms${over ? '  OVER' : ''}`,
)
await Promise.all([...loads.map(load => load.child.stop()), origin.child.stop()])
process.exit(over ? 1 : 0)
