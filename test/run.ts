/**
 * `npm test`: types, lint, build and house, then every other test, two jobs at once. `npm test -- PART...` builds and runs
 * those parts alone. What only computes shares a process a part: a process for each file costs two thirds of the CPU.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

interface Job {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const test = (name: string, pattern: string, ...flags: readonly string[]): Job => {
  const args = [...flags, '--test', '--test-timeout=120000', '--test-reporter=spec', pattern]
  return { name, command: process.execPath, args }
}

const inOneProcess = (name: string, ...flags: readonly string[]): Job =>
  test(name, `test/${name}/**/*.test.{ts,tsx}`, '--test-isolation=none', ...flags)

/** Programs are started, and mostly waited for. */
const byFile = (name: string): Job => test(name, `test/${name}/**/*.test.ts`, '--test-concurrency=2')

const build: Job = { name: 'build', command: 'tsc', args: ['-p', 'tsconfig.build.json'] }
const checks: readonly Job[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  build,
  { name: 'lint', command: 'biome', args: ['check', '.'] },
  test('house', 'test/*.test.ts'),
]

/** The long ones first. */
const longOnes: readonly Job[] = [
  byFile('e2e'),
  byFile('cli'),
  inOneProcess('tui', '--import', 'tsx'),
  ...['proxy', 'wire', 'recorder', 'view', 'ca', 'store'].map(part => inOneProcess(part)),
]
const others = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter(({ name }) => !['bench', 'fixtures', ...longOnes.map(({ name }) => name)].includes(name))
  .flatMap(entry => (entry.isDirectory() ? [inOneProcess(entry.name)] : []))

let count = 0
const failed: string[] = []

/** Prints what the job has to say only if it fails. */
async function run({ name, command, args }: Job): Promise<void> {
  const start = performance.now()
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'parley-test-cache') }
  const child = spawn(command, args, { cwd: join(import.meta.dirname, '..'), env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', bytes => (said += bytes))
  child.stderr.on('data', bytes => (said += bytes))
  const code = await new Promise(resolve => child.once('error', resolve).once('close', resolve))
  const number = (what: string): number => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(said)?.[1] ?? 0)
  const [tests, skipped] = [number('tests'), number('skipped')]
  count += tests
  if (code !== 0) failed.push(name)
  if (code !== 0) console.log(said)
  const figures = [tests && `${tests} tests`, skipped && `${skipped} skipped`].filter(Boolean)
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`
  console.log([code === 0 ? '✔' : '✖', name, [...figures, seconds].join(', ')].join(' '))
}

async function runAll(jobs: readonly Job[]): Promise<void> {
  const waiting = [...jobs]
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await run(job)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

const wanted = process.argv.slice(2)
await runAll(wanted.length === 0 ? checks : [build])
if (failed.length === 0)
  await runAll([...longOnes, ...others].filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
console.log(failed.length > 0 ? `failed: ${failed.join(', ')}` : `${count} tests passed`)
process.exitCode = failed.length > 0 ? 1 : 0
