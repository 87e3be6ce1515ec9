import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { ownFolder } from '../cli/recorded-run.ts'
import { type Program, startCli } from '../cli/run-cli.ts'
import { assertHar } from '../export/har/judges.ts'

const origin = createServer((_, response) => response.end('ok'))
before(async () => {
  await once(origin.listen(0, '127.0.0.1'), 'listening')
})
after(() => {
  origin.closeAllConnections()
  origin.close()
})

/** A request through the proxy at that port, with a secret in its query. */
async function visit(port: number): Promise<void> {
  const path = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/?token=abc`
  const sent = request({ host: '127.0.0.1', port, path, agent: false }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
}

async function recording(folder: string, ...more: readonly string[]): Promise<readonly [Program, number]> {
  const save = join(folder, 'a.parley')
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0', '--save', save, ...more)
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  return [program, Number(port)]
}

const entriesOf = (har: string): readonly unknown[] => {
  const value = JSON.parse(readFileSync(har, 'utf8'))
  assertHar(value)
  return value.log.entries
}

async function untilThereAre(har: string, count: number): Promise<void> {
  for (const until = performance.now() + 10_000; entriesOf(har).length < count; await wait(20))
    assert.ok(performance.now() < until, `${entriesOf(har).length} of ${count} entries`)
}

test('what --export writes is whole though Parley is killed', async t => {
  const folder = ownFolder()
  const har = join(folder, 'a.har')
  const [program, port] = await recording(folder, '--export', `har=${har}`)
  t.after(() => program.child.kill('SIGKILL'))
  assert.equal(entriesOf(har).length, 0)
  for (let i = 1; i <= 3; i++) {
    await visit(port)
    await untilThereAre(har, i)
  }
  program.child.kill('SIGKILL')
  await program.ended
  assert.equal(entriesOf(har).length, 3)
})

test('at the end every file has all, without secrets where that was asked for', async t => {
  const folder = ownFolder()
  const [har, lines] = [join(folder, 'a.har'), join(folder, 'a.ndjson')]
  const [program, port] = await recording(folder, '--export', `har=${har}`, '--export', `ndjson=${lines}`, '--redact')
  t.after(() => program.child.kill('SIGKILL'))
  for (let i = 0; i < 5; i++) await visit(port)
  program.child.kill('SIGTERM')
  const { code, stderr } = await program.ended
  assert.equal(code, 0, stderr)
  assert.match(stderr, /redacted \d+ values:\n {2}\d+ × parameter token \(URL\)/)
  assert.equal(entriesOf(har).length, 5)
  const text = readFileSync(lines, 'utf8')
  const exchanges = text
    .trim()
    .split('\n')
    .flatMap(line => JSON.parse(line).exchanges)
  assert.equal(exchanges.length, 5)
  for (const file of [text, readFileSync(har, 'utf8')]) assert.doesNotMatch(file, /abc/)
})

test('a file that cannot be made ends Parley before it begins; --redact alone is told to do nothing', async t => {
  const folder = ownFolder()
  const failing = startCli(folder, 'record', '--listen', '127.0.0.1:0', '--export', `har=${folder}/none/a.har`)
  const { code, stderr } = await failing.ended
  assert.deepEqual([code, /--export: .*cannot be written \(ENOENT\)/.test(stderr)], [1, true])
  const [program] = await recording(folder, '--redact')
  t.after(() => program.child.kill('SIGKILL'))
  await program.says(/--redact is for what --export writes/)
  program.child.kill('SIGTERM')
  await program.ended
  assert.ok(existsSync(join(folder, 'a.parley')))
})
