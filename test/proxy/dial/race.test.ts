import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { byTurns, race } from '../../../src/proxy/dial/race.ts'
import { Once } from '../../../src/proxy/once.ts'
import type { UpstreamSocket } from '../../../src/proxy/socket/upstream-socket.ts'

/** Attempts that do what the test says. */
class Attempts {
  readonly begun: string[] = []
  readonly dropped: string[] = []
  readonly #sockets = new Map<string, EventEmitter>()

  readonly open = (address: string): UpstreamSocket => {
    this.begun.push(address)
    const socket = Object.assign(new EventEmitter(), { address, destroy: () => this.dropped.push(address) })
    this.#sockets.set(address, socket)
    return socket as unknown as UpstreamSocket
  }
  stands(address: string): void {
    this.#sockets.get(address)?.emit('connect')
  }
  fails(address: string, code: string): void {
    this.#sockets.get(address)?.emit('error', Object.assign(new Error(code), { code }))
  }
}

const addressOf = (socket: UpstreamSocket): string => (socket as unknown as { address: string }).address
const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => 'stands',
    (error: NodeJS.ErrnoException) => error.code,
  )
const options = { port: 443, timeout: 30_000 }

function happened(): Once {
  const once = new Once()
  once.happen()
  return once
}

test('families take turns, beginning with that of the first address', () => {
  assert.deepEqual(byTurns(['::1', '::2', '::3', '1.1.1.1', '1.1.1.2']), ['::1', '1.1.1.1', '::2', '1.1.1.2', '::3'])
  assert.deepEqual(byTurns(['1.1.1.1', '::1', '::2']), ['1.1.1.1', '::1', '::2'])
  assert.deepEqual(byTurns(['1.1.1.1']), ['1.1.1.1'])
})

test('a later address starts after 250 ms beside the one before, and the first to stand wins', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const attempts = new Attempts()
  const won = race(['a', 'b', 'c'], { ...options, open: attempts.open })
  t.mock.timers.tick(249)
  assert.deepEqual(attempts.begun, ['a'])
  t.mock.timers.tick(1)
  assert.deepEqual([attempts.begun, attempts.dropped], [['a', 'b'], []])
  attempts.stands('b')
  assert.equal(addressOf(await won), 'b')
  t.mock.timers.tick(60_000)
  assert.deepEqual([attempts.begun, attempts.dropped], [['a', 'b'], ['a']])
})

test('an address that needs more than 250 ms is not given up, though the later ones refuse', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const attempts = new Attempts()
  const won = race(['a', 'b', 'c'], { ...options, open: attempts.open })
  t.mock.timers.tick(250)
  attempts.fails('b', 'ECONNREFUSED')
  assert.deepEqual(attempts.begun, ['a', 'b', 'c']) // at once
  attempts.fails('c', 'ECONNREFUSED')
  t.mock.timers.tick(5000)
  attempts.stands('a')
  assert.equal(addressOf(await won), 'a')
  assert.deepEqual(attempts.dropped, [])
})

test('where every address fails, the code is that of the first that could be reached', async () => {
  const attempts = new Attempts()
  const failed = codeOf(race(['a', 'b', 'c'], { ...options, open: attempts.open }))
  attempts.fails('a', 'ENETUNREACH')
  attempts.fails('b', 'ECONNREFUSED')
  attempts.fails('c', 'ECONNRESET')
  assert.equal(await failed, 'ECONNREFUSED')
  const unreachable = codeOf(race(['a'], { ...options, open: attempts.open }))
  attempts.fails('a', 'ENETUNREACH')
  assert.equal(await unreachable, 'ENETUNREACH')
})

test('a race ends with its time, and with its signal', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const attempts = new Attempts()
  const timed = codeOf(race(['a', 'b'], { ...options, open: attempts.open }))
  t.mock.timers.tick(29_999)
  attempts.fails('b', 'ECONNREFUSED')
  t.mock.timers.tick(1)
  assert.deepEqual([await timed, attempts.dropped], ['ETIMEDOUT', ['a']])
  const giving = new Once()
  const given = codeOf(race(['c'], { ...options, open: attempts.open, givenUp: giving }))
  giving.happen()
  assert.deepEqual([await given, attempts.dropped], ['ECANCELED', ['a', 'c']])
  assert.equal(await codeOf(race(['d'], { ...options, open: attempts.open, givenUp: happened() })), 'ECANCELED')
})

test('real sockets: an address that refuses makes way for the next at once', async t => {
  const server = createServer(socket => socket.on('error', () => {}))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  const started = performance.now()
  const socket = await race(['::1', '127.0.0.1'], { port, timeout: 5000 })
  assert.equal(socket.remoteAddress, '127.0.0.1')
  assert.ok(performance.now() - started < 240)
  socket.destroy()
})
