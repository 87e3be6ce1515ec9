import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { ownFolder } from './recorded-run.ts'
import { type Program, runCli, startCli } from './run-cli.ts'

const node = (script: string): readonly string[] => [process.execPath, '-e', script]
const showRoots = 'console.log(process.env.SSL_CERT_FILE)'
const stays = `${showRoots}; setInterval(() => {}, 1000)`

const touched = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'parley', 'touched.json'), 'utf8'))

/** A command that stays until it is told to end, and the file of roots that it was given. */
async function staying(folder: string, script = stays): Promise<{ program: Program; roots: string }> {
  const program = startCli(folder, 'run', ...node(script))
  const [, roots] = await program.prints(/^(.+)\n/)
  return { program, roots: roots! }
}

test('the exit code is the command’s, its output alone is on stdout, and nothing is left but the capture', async () => {
  const folder = ownFolder()
  const { code, stdout, stderr } = await runCli(folder, 'run', ...node(`${showRoots}; process.exitCode = 7`))
  assert.equal(code, 7)
  assert.match(stdout, /^\/.*roots\.pem\n$/)
  assert.equal(existsSync(join(stdout.trim(), '..')), false)
  assert.deepEqual(touched(folder), [])
  assert.match(
    stderr,
    /^parley: nothing came through Parley: .*\nparley: capture saved to .*\.parley; to see it: .*\n$/,
  )
})

test('the roots are those of the system and Parley’s', async () => {
  const folder = ownFolder()
  const script = `console.log(require('node:fs').readFileSync(process.env.SSL_CERT_FILE, 'utf8'))`
  const { stdout } = await runCli(folder, 'run', ...node(script))
  const own = readFileSync(join(folder, 'parley/ca/certs/ca.pem'), 'utf8').trim()
  assert.ok(stdout.trimEnd().endsWith(own))
  assert.ok(stdout.split('BEGIN CERTIFICATE').length > 50)
})

test('a command that is not there, or is no program, ends as in a shell and leaves no capture', async () => {
  const folder = ownFolder()
  for (const [name, exitCode] of [
    ['/no/such', 127],
    ['/', 126],
  ] as const) {
    const { code, stdout, stderr } = await runCli(folder, 'run', '--', name)
    assert.deepEqual([code, stdout], [exitCode, ''])
    assert.ok(stderr.startsWith(`parley: ${name}: `), stderr)
  }
  assert.deepEqual(readdirSync(join(folder, 'parley', 'captures')), [])
  assert.deepEqual(touched(folder), [])
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`${signal} goes to the command, and what it makes of it is what Parley ends with`, async t => {
    const { program, roots } = await staying(ownFolder(), `process.on('${signal}', () => process.exit(9)); ${stays}`)
    t.after(() => program.child.kill('SIGKILL'))
    program.child.kill(signal)
    assert.equal((await program.ended).code, 9)
    assert.equal(existsSync(roots), false)
  })

test('a command that a signal ends gives 128 and its number', async () => {
  const { code } = await runCli(ownFolder(), 'run', ...node('process.kill(process.pid, "SIGTERM")'))
  assert.equal(code, 143)
})

test('what a Parley leaves that was killed, the next one removes', async () => {
  const folder = ownFolder()
  const { program, roots } = await staying(folder, `console.log(process.env.SSL_CERT_FILE); setTimeout(() => {}, 1000)`)
  program.child.kill('SIGKILL')
  await program.ended
  assert.equal(existsSync(roots), true)
  await runCli(folder, 'run', ...node(''))
  assert.equal(existsSync(join(roots, '..')), false)
  assert.deepEqual(touched(folder), [])
})

test('a shell without a terminal takes its commands from where Parley would', async () => {
  const program = startCli(ownFolder(), 'run')
  const { code, stdout, stderr } = await program.ended // its stdin is empty
  assert.deepEqual([code, stdout], [0, ''], stderr)
  assert.match(stderr, /^parley: what this shell starts goes through Parley on 127\.0\.0\.1:\d+, until it exits\n/)
})

test('that nobody reads stderr any more does not change how it ends', async () => {
  const { program, roots } = await staying(ownFolder())
  program.child.stderr!.destroy()
  program.child.kill('SIGTERM')
  assert.equal((await program.ended).code, 143)
  assert.equal(existsSync(join(roots, '..')), false)
})

test('two runs at once each have their own port and folder', async t => {
  const folder = ownFolder()
  const runs = await Promise.all([staying(folder), staying(folder)])
  t.after(() => runs.map(({ program }) => program.child.kill('SIGKILL')))
  assert.notEqual(runs[0].roots, runs[1].roots)
  for (const { program } of runs) program.child.kill('SIGTERM')
  for (const { program } of runs) assert.equal((await program.ended).code, 143)
  await wait(0)
  assert.deepEqual(touched(folder), [])
})
