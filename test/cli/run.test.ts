import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { openRun } from '../../src/cli/run.ts'
import { RunError } from '../../src/cli/run-error.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import type { Changes } from '../../src/model/changes.ts'
import { openCapture } from '../../src/store/capture.ts'
import { optionsIn, ownFolder, startVisiting } from './recorded-run.ts'

test('a run opens on a free port and closes to one whole capture file', async () => {
  const options = optionsIn(ownFolder())
  const run = await openRun(options)
  assert.ok(run.port > 0)
  assert.deepEqual([run.host, run.capturePath], ['127.0.0.1', options.capturePath])
  await run.close()
  assert.ok(existsSync(options.capturePath))
  assert.equal(existsSync(`${options.capturePath}-wal`), false)
  await run.close() // a second time does nothing
})

test('what passes is recorded, announced, and its keys are in the key log', async () => {
  const folder = ownFolder()
  const keyLogPath = join(folder, 'keys')
  const visiting = await startVisiting(folder, { keyLogPath })
  const changes: Changes[] = []
  const stop = visiting.run.onChange(change => changes.push(change))
  visiting.run.onChange(() => assert.fail('heard after it stopped listening'))()
  visiting.run.log('a word for the log')
  assert.equal((await visiting.visit('tls13')).status, 200)
  await visiting.close()
  stop()
  assert.ok(
    changes.some(({ flows }) => flows.includes(1)) && changes.some(({ connections }) => connections.includes(1)),
  )
  const capture = openCapture(visiting.run.capturePath)
  const exchange = capture.exchange(1)!
  assert.deepEqual([exchange.request.head.path, exchange.response?.head.status], ['/json', 200])
  const connection = capture.connection(1)!
  assert.ok(connection.client.agreed && connection.upstream?.agreed)
  assert.ok(capture.legCapture(1, 'client') && capture.legCapture(1, 'upstream'))
  assert.ok(capture.events().some(({ text }) => text === 'a word for the log'))
  capture.close()
  const lines = readFileSync(keyLogPath, 'utf8').trim().split('\n')
  assert.ok(lines.length >= 8 && lines.every(line => /^[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]+$/.test(line)))
  assert.equal(statSync(keyLogPath).mode & 0o77, 0, 'others can read the secrets')
})

test('a host that is passed through while it runs is not opened', async () => {
  const visiting = await startVisiting(ownFolder())
  visiting.run.passThrough('tls13.localhost')
  const { error } = await visiting.visit('tls13') // its own certificate, which this client does not trust
  assert.equal(error?.stage, 'tls')
  assert.deepEqual([...visiting.run.passedThrough], ['tls13.localhost'])
  visiting.run.observe('tls13.localhost')
  assert.equal((await visiting.visit('tls13')).status, 200, 'it is opened again')
  await visiting.close()
})

test('a failed connection and its 502 are one failed row, while it runs and afterwards', async () => {
  const visiting = await startVisiting(ownFolder())
  const { capturePath } = visiting.run
  const rows = () => {
    const capture = openCapture(capturePath)
    const shown = capture.flows({ limit: 9 }).map(({ kind, status, state, code }) => [kind, status, state, code])
    const { flows, failed } = capture.info()
    const [fitting, problems] = [capture.count(parseFilter('~failed')), capture.connection(1)?.problems.length]
    capture.close()
    return { shown, flows, failed, fitting, problems }
  }
  const one = ['exchange', 502, 'aborted', 'tls/certificate-expired']
  const expected = { shown: [one], flows: 1, failed: 1, fitting: 1, problems: 1 }
  assert.equal((await visiting.visit('expired')).status, 502)
  const isOver = ([kind, , state]: readonly unknown[] = []) => kind === 'exchange' && state === 'aborted'
  for (let tries = 0; tries < 200 && !isOver(rows().shown[0]); tries++)
    await new Promise(resolve => setTimeout(resolve, 20))
  assert.deepEqual(rows(), expected)
  await visiting.close()
  assert.deepEqual(rows(), expected)
})

async function codeOf(opening: ReturnType<typeof openRun>): Promise<string> {
  const error = await opening.then(
    () => assert.fail('opened'),
    (reason: Error) => reason,
  )
  assert.ok(error instanceof RunError, String(error))
  return error.code
}

test('a port that is taken is EADDRINUSE, and no thread stays', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const options = optionsIn(ownFolder(), { listen: { host: '127.0.0.1', port } })
  assert.equal(await codeOf(openRun(options)), 'EADDRINUSE')
  assert.ok(!existsSync(options.capturePath), 'an empty capture is left behind')
  await new Promise(resolve => server.close(resolve))
})

test('an address that is not of this machine is EADDRNOTAVAIL', async () => {
  const options = optionsIn(ownFolder(), { listen: { host: '192.0.2.1', port: 0 } })
  assert.equal(await codeOf(openRun(options)), 'EADDRNOTAVAIL')
})

test('a capture file that exists is not overwritten', async () => {
  const options = optionsIn(ownFolder())
  writeFileSync(options.capturePath, 'precious')
  assert.equal(await codeOf(openRun(options)), 'store/exists')
  assert.equal(readFileSync(options.capturePath, 'utf8'), 'precious')
})

test('a capture whose folder is a file is a store error', async () => {
  const folder = ownFolder()
  writeFileSync(join(folder, 'file'), '')
  const options = { ...optionsIn(folder), capturePath: join(folder, 'file', 'c.parley') }
  assert.match(await codeOf(openRun(options)), /^store\//)
})

test('a key log that cannot be opened is told by its code', async () => {
  const options = { ...optionsIn(ownFolder()), keyLogPath: '/dev/null/keys' }
  assert.equal(await codeOf(openRun(options)), 'ENOTDIR')
})

test('a word for the log can be read at once, though nothing else passes', async () => {
  const options = optionsIn(ownFolder())
  const run = await openRun(options)
  const changed = new Promise<void>(resolve => {
    run.onChange(() => resolve())
  })
  run.log('a word')
  await changed
  const capture = openCapture(options.capturePath)
  assert.ok(capture.events().some(({ text }) => text === 'a word'))
  capture.close()
  await run.close()
})

test('a run opens with rules, and tells how often each matched', async () => {
  const rules = [{ when: '~all', do: ['set-header response x-parley yes'] }]
  const run = await openRun(optionsIn(ownFolder()), rules)
  assert.deepEqual(run.ruleHits, { rules, hits: [0] })
  await run.close()
})

test('a request that fits waits until a person has decided, a response too', async () => {
  const visiting = await startVisiting(ownFolder())
  const { holds } = visiting.run
  const held = async (what: string) => {
    const found = () => holds.messages.find(each => each.what === what)
    while (!found()) await new Promise<void>(resolve => void holds.onChange(() => resolve()))
    return found()!
  }
  holds.intercept('~u /json')
  const first = visiting.visit('tls13')
  const request = await held('request')
  assert.equal(request.request.path, '/json')
  holds.decide(request.id, { type: 'pass' })
  const response = await held('response')
  assert.ok(response.what === 'response')
  holds.decide(response.id, { type: 'change', response: { ...response.response, status: 203 } })
  assert.equal((await first).status, 203)
  const second = visiting.visit('tls13')
  const answered = await held('request')
  holds.decide(answered.id, { type: 'answer', status: 418, headers: [], body: new TextEncoder().encode('tea') })
  assert.equal((await second).status, 418)
  await visiting.close()
  const capture = openCapture(visiting.run.capturePath)
  const acts = [1, 2].flatMap(id => capture.exchange(id)?.acts ?? [])
  assert.deepEqual(
    acts.map(({ by, did }) => `${by}: ${did.replace(/[\d.]+ s/, 'N s')}`),
    ['breakpoint: held N s', 'breakpoint: held N s, changed status', 'breakpoint: held N s, answered 418'],
  )
  capture.close()
})
