import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { parseFilter } from '../../../src/filter/parser.ts'
import { fetchThrough } from '../../../src/peers/client.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { linesOf } from '../../view/json/schemas.ts'
import { ownFolder } from '../recorded-run.ts'
import { startCli } from '../run-cli.ts'

test('it records until SIGTERM, keeps stdout empty and leaves one whole file', async t => {
  const folder = ownFolder()
  const path = join(folder, 'saved.parley')
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0', '--save', path)
  t.after(() => program.child.kill('SIGKILL')) // where something below fails
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  assert.ok(Number(port) > 0)
  program.child.kill('SIGTERM')
  const { code, stdout, stderr } = await program.ended
  assert.deepEqual([code, stdout], [0, ''])
  assert.ok(stderr.includes(`capture saved to ${path}`), stderr)
  assert.deepEqual([existsSync(path), existsSync(`${path}-wal`)], [true, false])
  const capture = openCapture(path)
  assert.deepEqual(capture.connections({ limit: 1 }), [])
  capture.close()
})

for (const [signal, ...argv] of [
  ['SIGTERM', 'record'],
  ['SIGINT', '--no-tui'],
  ['SIGHUP', 'record'],
] as const)
  test(`${signal} to ${argv} as soon as there is a capture saves it`, async t => {
    const folder = ownFolder()
    const path = join(folder, 'early.parley')
    const program = startCli(folder, ...argv, '--listen', '127.0.0.1:0', '--capture', path)
    t.after(() => program.child.kill('SIGKILL')) // where something below fails
    while (!existsSync(path)) await wait(1)
    program.child.kill(signal)
    const { code, stderr } = await program.ended
    assert.equal(code, 0, stderr)
    assert.equal(existsSync(`${path}-wal`), false)
    openCapture(path).close()
  })

test('a capture of record is never deleted, and its name says so', async t => {
  const folder = ownFolder()
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0')
  t.after(() => program.child.kill('SIGKILL'))
  await program.says(/writing .*\.record\.parley/)
  program.child.kill('SIGTERM')
  assert.equal((await program.ended).code, 0)
})

test('it ends by itself after a time, and says what was not reached', async () => {
  const folder = ownFolder()
  const enough = ['--for', '300ms', '--until', '~c 200', '--count', '3']
  const { code, stdout, stderr } = await startCli(folder, 'record', '-l', '127.0.0.1:0', ...enough).ended
  assert.deepEqual([code, stdout], [0, ''])
  assert.match(stderr, /the time is over, no flow fitted --until, --count was not reached; capture saved to /)
})

test('it ends as soon as a flow that fits has ended, with that flow in the capture', async t => {
  const folder = ownFolder()
  const path = join(folder, 'until.parley')
  const program = startCli(
    folder,
    'record',
    '-l',
    '127.0.0.1:0',
    '--save',
    path,
    '--json',
    '--until',
    '~c 4xx & ~u /stop',
  )
  t.after(() => program.child.kill('SIGKILL'))
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  const origin = createServer((request, response) => response.writeHead(request.url === '/go' ? 200 : 404).end('x'))
  t.after(() => origin.close())
  await once(origin.listen(0, '127.0.0.1'), 'listening')
  const proxy = { host: '127.0.0.1', port: Number(port) }
  for (const name of ['go', 'stop']) {
    const url = new URL(`http://127.0.0.1:${(origin.address() as AddressInfo).port}/${name}`)
    await fetchThrough({ url, proxy, ca: '', timeout: 8000 })
  }
  const { code, stdout, stderr } = await program.ended
  assert.equal(code, 0, stderr)
  assert.match(stderr, /a flow that fits --until has ended; capture saved to /)
  const last = linesOf(stdout).at(-1)!
  assert.deepEqual([last.event, last.because], ['ended', 'until'])
  const capture = openCapture(path)
  assert.equal(capture.count(parseFilter('~c 404 & ~u /stop')), 1)
  capture.close()
})

test('a filter, a time and a number that cannot be read are usage errors', async () => {
  const folder = ownFolder()
  const [until, time, count] = await Promise.all([
    startCli(folder, 'record', '-l', '127.0.0.1:0', '--until', '~d').ended,
    startCli(folder, 'record', '-l', '127.0.0.1:0', '--for', '10 apples').ended,
    startCli(folder, 'record', '-l', '127.0.0.1:0', '--count', '0').ended,
  ])
  assert.deepEqual([until.code, time.code, count.code], [2, 2, 2])
  assert.equal(until.stderr, 'parley: --until: column 3: expected host after ~d, found the end\n')
  assert.match(time.stderr, /give a time such as 500ms, 10s, 5m or 1h/)
})
