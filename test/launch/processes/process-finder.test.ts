import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Allowance, ProcessFinder } from '../../../src/launch/processes/process-finder.ts'
import type { FindProcesses } from '../../../src/launch/processes/socket-table.ts'

const listener = { address: '127.0.0.1', port: 8080 }
const opened = (port: number, address = '127.0.0.1') =>
  ({ type: 'opened', at: 0, local: listener, remote: { address, port } }) as const
const closed = { type: 'closed', at: 1 } as const
const curl = (pid: number) => ({ pid, name: 'curl', command: '' })
const settled = () => new Promise(resolve => setImmediate(resolve))

/** A finder whose looks take `cost` ms of a clock that stands still otherwise, and find the port's number as pid. */
function finder({ cost = 0, find }: { cost?: number; find?: FindProcesses } = {}) {
  const looks: number[][] = []
  const found: [number, number][] = []
  let now = 0
  const look: FindProcesses = async sockets => {
    looks.push(sockets.map(({ local }) => local.port))
    now += cost
    return find ? find(sockets) : sockets.map(({ local }) => (local.port > 0 ? curl(local.port) : undefined))
  }
  const made = new ProcessFinder(
    look,
    (id, { pid }) => found.push([id, pid]),
    () => now,
    () => now,
  )
  const pass = (ms: number): void => {
    now += ms
  }
  return { finder: made, looks, found, pass }
}

test('connections that open together are looked for together', async () => {
  const { finder: made, looks, found } = finder()
  made.event(1, opened(11))
  made.event(2, opened(12))
  made.event(2, { type: 'treated', treatment: 'observe' })
  await settled()
  made.event(3, opened(13))
  await settled()
  assert.deepEqual(looks, [[11, 12], [13]])
  assert.deepEqual(found, [
    [1, 11],
    [2, 12],
    [3, 13],
  ])
})

test('only loopback peers are looked for', async () => {
  const { finder: made, looks } = finder()
  for (const address of ['192.168.1.7', '10.0.0.1', '::ffff:192.0.2.1', 'fe80::1', ''])
    made.event(1, opened(1, address))
  await settled()
  assert.deepEqual(looks, [])
  made.event(2, opened(2, '::1'))
  await settled()
  assert.deepEqual(looks, [[2]])
})

test('one that is over before its turn is not looked for', async () => {
  const { finder: made, looks } = finder()
  made.event(1, opened(1))
  made.event(1, closed)
  await settled()
  assert.deepEqual(looks, [])
  made.event(2, opened(2))
  await settled()
  assert.deepEqual(looks, [[2]])
})

test('looks that cost much become few, and those who wait are looked for together', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { finder: made, looks, pass } = finder({ cost: 150 })
  made.event(1, opened(1))
  await settled()
  for (let id = 2; id < 700; id++) made.event(id, opened(id))
  await settled()
  assert.equal(looks.length, 1)
  pass(6200)
  t.mock.timers.tick(6200)
  await settled()
  assert.equal(looks.length, 1, 'some 127 ms too many are 2 hundredths of 6350 ms')
  pass(400)
  t.mock.timers.tick(400)
  await settled()
  assert.equal(looks.length, 2)
  assert.equal(looks[1]!.length, 512)
  assert.equal(looks[1]!.at(-1), 699)
})

test('a look that fails or finds nobody is no failure, and the next one is made', async () => {
  let fail = true
  const {
    finder: made,
    looks,
    found,
  } = finder({
    find: async sockets => {
      if (fail) throw new Error('lsof is missing')
      return sockets.map(() => undefined)
    },
  })
  made.event(1, opened(1))
  await settled()
  fail = false
  made.event(2, opened(2))
  await settled()
  assert.deepEqual([looks, found], [[[1], [2]], []])
})

test('after its end nothing is told, not even of a look under way', async () => {
  const { finder: made, found } = finder()
  made.event(1, opened(1))
  made.close()
  await settled()
  const late = finder({
    find: async sockets => {
      late.finder.close()
      return sockets.map(() => curl(1))
    },
  })
  late.finder.event(1, opened(1))
  await settled()
  assert.deepEqual([found, late.found], [[], []])
})

test('what is saved may be spent at once, then only the share that passes', () => {
  const allowance = new Allowance(0.1, 50, 1000)
  assert.equal(allowance.wait(1000), 0)
  allowance.spend(49)
  assert.equal(allowance.wait(1000), 0)
  allowance.spend(5)
  assert.equal(allowance.wait(1000), 40)
  assert.equal(allowance.wait(1020), 20)
  assert.equal(allowance.wait(1050), 0)
})

test('no more is saved than the most', () => {
  const allowance = new Allowance(0.1, 50, 0)
  assert.equal(allowance.wait(1_000_000), 0)
  allowance.spend(60)
  assert.equal(allowance.wait(1_000_000), 100)
})
