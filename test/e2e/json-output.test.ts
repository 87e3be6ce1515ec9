import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { ownFolder, recordVisits } from '../cli/recorded-run.ts'
import { runCli, startCli } from '../cli/run-cli.ts'
import { assertFits, linesOf, membersOf, schemaNamed, schemaNames } from '../view/json/schemas.ts'

/** What every command prints with --json is as the schemas in src/view/json say, and has no member that they do not have. */

const folder = ownFolder()
let path = ''
const shown = new Set<string>()
before(async () => {
  ;({ path } = await recordVisits(folder))
})

async function fits(schema: string, ...argv: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const { stdout, stderr } = await runCli(folder, ...argv)
  const lines = linesOf(stdout)
  assert.ok(lines.length > 0, `${argv.join(' ')}: ${stderr}`)
  for (const line of lines) assertFits(schema, line)
  shown.add(schema)
  return lines
}

test('the embedded servers of every kind, shown whole', async () => {
  assert.ok((await fits('connection', 'demo', '--json')).length > 10)
  const { stdout } = await runCli(folder, 'open', '--json')
  const [demo] = linesOf(stdout) as unknown as readonly { path: string }[]
  assert.ok((await fits('connection', 'show', demo!.path, '--json', '--all', '--bytes')).length > 10)
  await fits('flow', 'open', demo!.path, '--json')
})

test('captures, assertions, comparisons', async () => {
  await fits('captures', 'open', '--json')
  await fits('assert', 'assert', path, 'no ~failed', 'some ~s', '--json')
  await fits('compare', 'compare', path, path, '--json')
})

test('the authority and its stores', async () => {
  for (const command of ['path', 'fingerprint', 'renew', 'new']) {
    const [line] = await fits('ca', 'ca', command, '--json')
    assert.ok(line!.root, command)
  }
  const status = await fits('ca', 'ca', 'status', '--json')
  assert.ok(status.length > 2 && status.slice(1).every(line => line.store))
  await fits('ca', 'ca', 'install', 'android', '--json') // no device is here: nothing of this machine is touched
  const { stdout, code } = await runCli(folder, 'ca', 'uninstall', '--json', '-y')
  for (const line of linesOf(stdout)) assertFits('ca', line)
  assert.equal(code, 0)
})

test('rules, the system proxy and the doctor', async () => {
  const [rules] = await fits('rules', 'rules', '--json')
  const [mock] = await fits('rules', 'rules', 'mock', '--json')
  assert.ok((rules!.actions as unknown[]).length > 10 && (mock!.actions as unknown[]).length === 1)
  await fits('system-proxy', 'system-proxy', 'status', '--json')
  const { stdout } = await runCli(folder, 'doctor', '--quick', '--json')
  assertFits('doctor', JSON.parse(stdout))
  shown.add('doctor')
})

test('a command that is run is summed up on stderr', async () => {
  const failing = ['curl', '-s', '--noproxy', '', 'http://127.0.0.1:1/']
  const { stderr } = await runCli(folder, 'run', '--json', '--', ...failing)
  const summary = JSON.parse(stderr.trimEnd().split('\n').at(-1)!)
  assertFits('summary', summary)
  assert.deepEqual([summary.flows, summary.failures[0].code], [1, 'tcp/refused'])
  shown.add('summary')
})

test('what is served, traced and sent again', async t => {
  const origin = createServer((_, response) => response.end('hello'))
  await once(origin.listen(0, '127.0.0.1'), 'listening')
  t.after(() => origin.close())
  const url = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/a`
  await fits('connection', 'trace', url, '--json')
  const program = startCli(folder, 'serve', path, '--json', '--listen', '127.0.0.1:0', '--through')
  t.after(() => program.child.kill('SIGKILL')) // where something below fails
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  const curl = spawn('curl', ['-s', '--noproxy', '', '-x', `http://127.0.0.1:${port}`, url])
  await once(curl, 'close')
  program.child.kill('SIGTERM')
  const { stdout } = await program.ended
  const events = linesOf(stdout)
  for (const event of events) assertFits('event', event)
  const { capture } = events.at(-1) as { capture?: string }
  await fits('replay', 'replay', capture!, '--json')
  shown.add('event')
})

test('every schema is one of these, with a version, and is itself a schema', () => {
  assert.deepEqual([...shown].sort(), [...schemaNames].sort())
  for (const name of schemaNames) {
    const schema = schemaNamed(name) as {
      oneOf?: readonly { required: readonly string[] }[]
      required?: readonly string[]
    }
    for (const { required } of schema.oneOf ?? [schema]) assert.ok(required?.includes('version'), name)
  }
})

test('a member that no schema has, and one that is missing, are found', () => {
  const flow = { ...{ version: 1, id: 1, kind: 'exchange', connection: 1, startedAt: new Date(0).toISOString() } }
  const rest = { method: 'GET', url: 'http://a/', host: 'a', requestBytes: 0, responseBytes: 0, protocol: 'h2' }
  const whole = { ...flow, ...rest, state: 'running', legs: { client: {}, upstream: {} } }
  assertFits('flow', whole)
  assert.throws(() => assertFits('flow', { ...whole, colour: 'red' }))
  assert.throws(() => assertFits('flow', { ...whole, legs: { client: { colour: 'red' }, upstream: {} } }))
  assert.throws(() => assertFits('flow', { ...flow, ...rest }))
})

/** Made at the release of version 1 by `membersOf` for every schema; members that come later need not be in it. */
const published = readFileSync(join(import.meta.dirname, '../fixtures/json/members-1.txt'), 'utf8')

const valuesIn = (kind: string): readonly unknown[] | undefined =>
  kind.startsWith('one of ') ? JSON.parse(kind.slice('one of '.length)) : undefined

/** What was published and holds no longer. */
function broken(was: readonly string[], is: readonly string[]): readonly string[] {
  const now = new Map(is.map(line => line.split(': ', 2) as [string, string]))
  return was.filter(line => {
    const [member, kind] = line.split(': ', 2) as [string, string]
    const kindNow = now.get(member) ?? now.get(member.replace(/\?$/, '')) // what is always there may have been optional
    const [before, after] = [valuesIn(kind), kindNow === undefined ? undefined : valuesIn(kindNow)]
    return before && after ? !before.every(value => after.includes(value)) : kindNow !== kind
  })
}

test('what was published of version 1 is there as it was', () => {
  const lines = published.trimEnd().split('\n')
  assert.ok(lines.length > 500)
  assert.deepEqual(broken(lines, schemaNames.flatMap(membersOf)), [])
})

test('a member that is gone, renamed, of another type or no longer always there is found; a new one is no matter', () => {
  const was = ['a.b: string', 'a.c?: one of ["x"]']
  assert.deepEqual(broken(was, [...was, 'a.d: string']), [])
  assert.deepEqual(broken(was, ['a.b: string', 'a.c: one of ["x","y"]']), [])
  assert.deepEqual(broken(was, ['a.b: integer', 'a.c?: one of ["y"]']), was)
  assert.deepEqual(broken(was, ['a.b?: string', 'a.c?: one of ["x"]']), ['a.b: string'])
})
