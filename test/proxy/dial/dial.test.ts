import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { ConnectionEvent } from '../../../src/model/connection-event.ts'
import { loopProblem } from '../../../src/problem/from-system.ts'
import { DialError, type DialOptions, dial } from '../../../src/proxy/dial/dial.ts'
import { Once } from '../../../src/proxy/once.ts'
import { inTime } from '../../in-time.ts'
import { once } from '../socket-pair.ts'

const none: DialOptions = { hosts: new Map(), timeout: 5000, tell: () => {}, forbidden: () => false }

async function listening(t: TestContext): Promise<number> {
  const server = createServer(socket => socket.on('error', () => {}).end('hi'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

async function problemOf(host: string, port: number, options: Partial<DialOptions> = {}) {
  const error = await dial({ host, port }, { ...none, ...options }).then(
    () => assert.fail('dialled'),
    (error: Error) => error,
  )
  assert.ok(error instanceof DialError)
  assert.equal(error.message, error.problem.message)
  return error.problem
}

function happened(): Once {
  const once = new Once()
  once.happen()
  return once
}

test('a given name is dialled at its address, and every step is told in order', async t => {
  const port = await listening(t)
  const told: ConnectionEvent[] = []
  const hosts = new Map([['a.example', '127.0.0.1']])
  const socket = await dial({ host: 'a.example', port }, { ...none, hosts, tell: event => void told.push(event) })
  t.after(() => socket.destroy())
  assert.deepEqual(
    told.map(({ type }) => type),
    ['looked-up', 'dialled', 'connected'],
  )
  const [lookedUp, dialled, connected] = told as [
    Extract<ConnectionEvent, { type: 'looked-up' }>,
    Extract<ConnectionEvent, { type: 'dialled' }>,
    Extract<ConnectionEvent, { type: 'connected' }>,
  ]
  assert.deepEqual([lookedUp.name, lookedUp.addresses, lookedUp.literal], ['a.example', ['127.0.0.1'], true])
  assert.ok(lookedUp.startedAt <= lookedUp.endedAt && lookedUp.endedAt <= dialled.at && dialled.at <= connected.at)
  assert.deepEqual(connected.remote, { address: '127.0.0.1', port })
  assert.equal(connected.local.port, socket.localPort)
})

test('a name below .localhost is this machine, without a question', async t => {
  const port = await listening(t)
  const socket = await dial({ host: 'whatever.localhost', port }, none)
  t.after(() => socket.destroy())
  assert.equal(socket.remoteAddress, '127.0.0.1')
})

for (const host of ['localhost.', 'whatever.localhost.'])
  test(`${host} is this machine too`, async t => {
    const port = await listening(t)
    const socket = await dial({ host, port }, none)
    t.after(() => socket.destroy())
    assert.equal(socket.remoteAddress, '127.0.0.1')
  })

test('a given name is the same with the dot of the root behind it', async t => {
  const port = await listening(t)
  const socket = await dial({ host: 'a.example.', port }, { ...none, hosts: new Map([['a.example', '127.0.0.1']]) })
  t.after(() => socket.destroy())
  assert.equal(socket.remoteAddress, '127.0.0.1')
})

test('what another proxy might have reached is told with the variable that names it; this machine is not', async () => {
  const unusedProxy = 'HTTPS_PROXY'
  assert.match((await problemOf('no-such-host.invalid', 443, { unusedProxy })).remedy ?? '', /HTTPS_PROXY is set/)
  assert.doesNotMatch((await problemOf('127.0.0.1', await freePort(), { unusedProxy })).remedy ?? '', /HTTPS_PROXY/)
})

test('the first address that answers wins', async t => {
  const port = await listening(t) // on 127.0.0.1 alone, so ::1 refuses
  const socket = await dial({ host: 'two.localhost', port }, none)
  t.after(() => socket.destroy())
  assert.equal(socket.remotePort, port)
})

test('a refused connection is tcp/refused, and names host and port', async () => {
  const port = await freePort()
  const problem = await problemOf('127.0.0.1', port)
  assert.deepEqual([problem.code, problem.blame], ['tcp/refused', 'server'])
  assert.ok(problem.message.includes(`127.0.0.1:${port}`) && problem.remedy)
})

test('a connection that every address refuses is tcp/refused too', async () => {
  assert.equal((await problemOf('two.localhost', await freePort())).code, 'tcp/refused')
})

test('a name that nobody has is dns/not-found or dns/failed, the question is told, and nothing is dialled', async () => {
  const told: string[] = []
  const problem = await problemOf('no-such-host.invalid', 443, { tell: ({ type }) => void told.push(type) })
  assert.match(problem.code, /^dns\/(not-found|failed)$/) // a machine without a name server cannot tell
  assert.ok(problem.message.includes('no-such-host.invalid'))
  assert.deepEqual(told, ['looked-up'])
})

test('an address that is our own is a loop, told before it is dialled', async () => {
  const told: string[] = []
  const hosts = new Map([['me.example', '127.0.0.1']])
  const asked: unknown[] = []
  const forbidden = (address: string, port: number): boolean => asked.push([address, port]) > 0
  const problem = await problemOf('me.example', 8080, { hosts, forbidden, tell: ({ type }) => void told.push(type) })
  assert.deepEqual(problem, loopProblem({ host: 'me.example', port: 8080 }))
  assert.deepEqual([problem.code, problem.blame], ['proxy/loop', 'client'])
  assert.deepEqual(asked, [['127.0.0.1', 8080]])
  assert.deepEqual(told, ['looked-up'])
})

test('an error after the dial does not throw before somebody listens', async t => {
  const port = await listening(t)
  const socket = await dial({ host: '127.0.0.1', port }, none)
  t.after(() => socket.destroy())
  const closed = once(socket, 'close')
  socket.destroy(new Error('late'))
  await inTime('the socket is closed', closed)
  assert.equal(socket.destroyed, true)
})

test('a dial that is given up ends, before it began and under way', async t => {
  const port = await listening(t)
  const before = await problemOf('127.0.0.1', port, { givenUp: happened() })
  assert.match(before.message, /ECANCELED/)
  const giving = new Once()
  const tell = ({ type }: ConnectionEvent): void => {
    if (type === 'dialled') queueMicrotask(() => giving.happen())
  }
  assert.match((await problemOf('127.0.0.1', port, { givenUp: giving, tell })).message, /ECANCELED/)
})

test('a connection that stands is no longer given up', async t => {
  const giving = new Once()
  const socket = await dial({ host: '127.0.0.1', port: await listening(t) }, { ...none, givenUp: giving })
  giving.happen()
  assert.equal(socket.destroyed, false)
  socket.destroy()
})
