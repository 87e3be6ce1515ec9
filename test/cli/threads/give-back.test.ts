import assert from 'node:assert/strict'
import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { GiveBack } from '../../../src/cli/threads/give-back.ts'

test('memory is given back once, three seconds after a busy time, and not after a little work', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const told: string[] = []
  const giveBack = new GiveBack(
    () => told.push('also'),
    () => told.push('collect'),
    () => told.push('trim'),
  )
  const work = (pieces: number): void => {
    for (let n = 0; n < pieces; n++) giveBack.worked()
  }
  work(99)
  t.mock.timers.tick(60_000)
  assert.deepEqual(told, [])
  work(1)
  t.mock.timers.tick(2999)
  work(1)
  t.mock.timers.tick(2999)
  assert.deepEqual(told, [])
  t.mock.timers.tick(1)
  assert.deepEqual(told, ['also', 'collect', 'trim'])
  work(50)
  t.mock.timers.tick(60_000)
  assert.equal(told.length, 3)
})

test('the garbage of this thread is collected', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const giveBack = new GiveBack(() => {})
  const gone = new WeakRef({ large: new Array(1000) })
  await new Promise(resolve => setImmediate(resolve)) // a WeakRef holds on until its turn is over
  for (let n = 0; n < 100; n++) giveBack.worked()
  t.mock.timers.tick(3000)
  assert.equal(gone.deref(), undefined)
})

test('two threads can collect at the same time', async () => {
  const door = new URL('../../../src/cli/threads/give-back.ts', import.meta.url).href
  const code = `import(${JSON.stringify(door)}).then(({ collectGarbage }) => { for (let n = 0; n < 50; n++) collectGarbage() })`
  const threads = [1, 2].map(() => new Worker(code, { eval: true }))
  const codes = await Promise.all(threads.map(thread => once(thread, 'exit')))
  assert.deepEqual(codes, [[0], [0]])
})

const isGlibc = 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header
const hasFfi = Number.parseInt(process.versions.node, 10) >= 26
const skip = isGlibc && hasFfi ? false : 'needs glibc, and a Node with FFI'

test('what lies free between pieces in use goes back to the system, and no warning is given', { skip }, async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const warned: Error[] = []
  process.on('warning', warning => warned.push(warning))
  const give = (...trim: (() => void)[]): number => {
    const giveBack = new GiveBack(() => {}, undefined, ...trim)
    for (let n = 0; n < 100; n++) giveBack.worked()
    t.mock.timers.tick(3000)
    return process.memoryUsage.rss()
  }
  let pieces: Hash[] = Array.from({ length: 40_000 }, () => createHash('sha256'))
  pieces = pieces.filter((_, i) => i % 100 === 0)
  await new Promise(resolve => setImmediate(resolve))
  const collected = give(() => {})
  const trimmed = give()
  assert.ok(collected - trimmed > 5_000_000, `${collected} and ${trimmed}`)
  assert.equal(pieces.length, 400)
  await new Promise(resolve => setImmediate(resolve)) // a warning comes later
  assert.deepEqual(warned, [])
})
