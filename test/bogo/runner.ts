import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCode, runShim } from './shim.ts'

/** BoGo's runner with this process as its shims. */

export type Result = 'PASSED' | 'FAILED' | 'UNIMPLEMENTED'

export interface TestResult {
  readonly name: string
  readonly result: Result
  /** What the runner has to say of a failure. */
  readonly said: string
}

export interface Runs {
  readonly results: readonly TestResult[]
  /** Why tests were turned down, and how often. */
  readonly reasons: ReadonlyMap<string, number>
}

/** Groups for the tests that try them all: those of the runner that the client has, as RFC 8446 4.2.7 numbers them. */
const config = { AllCurves: [29, 23, 24, 25, 0x6399, 4588] }

/** Tests wait for one another's packets: more of them than cores keep the cores busy. */
const workers = 4

/** Runs the tests of these patterns, or all. `folder` is what build.sh made. Throws if the runner breaks off. */
export async function runTests(folder: string, patterns: readonly string[]): Promise<Runs> {
  process.chdir(join(folder, 'runner')) // names of certificates are relative in older runners
  const own = mkdtempSync(join(tmpdir(), 'parley-bogo-'))
  const reasons = new Map<string, number>()
  const pool = net.createServer({ allowHalfOpen: true }, asked => answer(asked, reasons))
  const socket = join(own, 'pool')
  await new Promise<void>(resolve => pool.listen(socket, resolve))
  const configFile = join(own, 'config.json')
  writeFileSync(configFile, JSON.stringify(config))
  const flags = ['-shim-path', join(folder, 'front'), '-shim-config', configFile, '-num-workers', `${workers}`]
  const only = patterns.length > 0 ? ['-test', patterns.join(';')] : []
  try {
    const args = [...flags, '-loose-errors', '-allow-unimplemented', '-pipe', ...only]
    return { results: read(await outputOf(join(folder, 'runner.test'), args, { BOGO_POOL: socket })), reasons }
  } finally {
    pool.close()
    rmSync(own, { recursive: true })
  }
}

/** Takes the flags of a front (front.go), and gives it its exit code and what to say. */
function answer(asked: net.Socket, reasons: Map<string, number>): void {
  let flags = ''
  asked.on('error', () => asked.destroy()) // the runner has ended a front that it no longer waits for
  asked.setEncoding('utf8').on('data', text => {
    flags += text
  })
  asked.on('end', async () => {
    const { code, said } = await runShim(flags.split('\0'))
    if (code === exitCode.unimplemented) reasons.set(said, (reasons.get(said) ?? 0) + 1)
    asked.end(Buffer.concat([Buffer.of(code), Buffer.from(said && `${said}\n`)]))
  })
}

/** The runner ends with 1 where a test fails, so its code says nothing; that it was killed does. */
async function outputOf(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  child.stdout.on('data', bytes => (out += bytes))
  child.stderr.on('data', bytes => (out += bytes))
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) =>
    child.once('error', reject).once('close', (...end) => resolve(end)),
  )
  if (code !== 0 && code !== 1) throw new Error(`the runner ended with ${signal ?? code}: ${out.slice(-2000)}`)
  return out
}

function read(output: string): readonly TestResult[] {
  const marks = [...output.matchAll(/^(PASSED|FAILED|UNIMPLEMENTED) \((.*)\)$/gm)]
  return marks.map((mark, index) => {
    const [, result, name = ''] = mark
    const said = output.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim()
    return { name, result: result as Result, said }
  })
}
