import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { CliError } from '../../src/cli/fail.ts'
import { endSignal, startRun } from '../../src/cli/running.ts'
import { optionsIn, ownFolder } from './recorded-run.ts'

test('a port that is taken is told with the address and what to do', async t => {
  const server = createServer()
  t.after(() => server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await assert.rejects(
    startRun(optionsIn(ownFolder(), { listen: { host: '127.0.0.1', port } })),
    (error: Error) =>
      error instanceof CliError &&
      error.message.startsWith(`127.0.0.1:${port} is in use`) &&
      /--listen/.test(error.message),
  )
})

test('an address of another machine is told with what to do', async () => {
  await assert.rejects(
    startRun(optionsIn(ownFolder(), { listen: { host: '192.0.2.1', port: 1 } })),
    /192\.0\.2\.1:1 is not an address/,
  )
})

for (const [what, text, says] of [
  ['cannot be read', 'export default 1\nconst a = ;', /^--mitm-script .*script\.mjs:2: SyntaxError: /],
  ['throws at once', 'export default () => {\n  null.x\n}', /^--mitm-script .*script\.mjs:2: TypeError: /],
] as const)
  test(`a script that ${what} is what was typed wrong, and is told with its line`, async () => {
    const folder = ownFolder()
    const script = join(folder, 'script.mjs')
    writeFileSync(script, text)
    await assert.rejects(startRun({ ...optionsIn(folder), scripts: [script] }), (error: Error) => {
      assert.ok(error instanceof CliError && error.exitCode === 2 && error.remedy)
      assert.match(error.message, says)
      return true
    })
  })

test('rules of nothing are not set', async () => {
  const options = { ...optionsIn(ownFolder()), setup: true }
  await assert.rejects(
    startRun(options),
    (error: CliError) => error.exitCode === 2 && /--transparent/.test(error.message),
  )
})

test('a port of --reverse that is taken is told as such', async t => {
  const taken = createServer().listen(0, '127.0.0.1')
  t.after(() => taken.close())
  await new Promise(resolve => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const server = { target: { host: 'a.example', port: 443 }, secure: true }
  const reverse = [{ listen: { host: '127.0.0.1', port }, server }]
  await assert.rejects(
    startRun(optionsIn(ownFolder(), { reverse })),
    (error: Error) => error.message.startsWith(`127.0.0.1:${port} is in use`) && error.message.includes('--reverse'),
  )
})

test('a session that starts is the session', async () => {
  const session = await startRun(optionsIn(ownFolder()))
  assert.ok(session.port > 0)
  await session.close()
})

test('the first of the three signals ends the wait', async () => {
  const before = process.listenerCount('SIGHUP')
  const ints = process.listenerCount('SIGINT')
  const ended = endSignal()
  assert.equal(process.listenerCount('SIGHUP'), before + 1)
  process.emit('SIGHUP', 'SIGHUP')
  assert.equal(await ended, 'SIGHUP')
  assert.equal(process.listenerCount('SIGHUP'), before) // a second one ends the program
  assert.equal(process.listenerCount('SIGINT'), ints)
})
