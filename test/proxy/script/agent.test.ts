import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DialError } from '../../../src/proxy/dial/dial.ts'
import { PlainAgent } from '../../../src/proxy/script/agent.ts'
import { defaultTimeouts, type Services } from '../../../src/proxy/services.ts'
import { inTime } from '../../in-time.ts'
import { MemoryTape } from '../memory-tape.ts'
import { rawOrigin } from '../running.ts'
import { once } from '../socket-pair.ts'

function agentOf(t: TestContext, isOurs = (_address: string, _port: number): boolean => false) {
  const tape = new MemoryTape()
  const options = { hosts: new Map([['a.example', '127.0.0.1']]), timeouts: defaultTimeouts }
  const agent = new PlainAgent({ tape, options, isOurs } as unknown as Services, 6)
  t.after(() => agent.end())
  const open = (host: string, port: number): Promise<Duplex> =>
    new Promise((resolve, reject) => {
      agent.createConnection({ host, port }, (error, stream) => (error ? reject(error) : resolve(stream)))
    })
  return { agent, tape, open }
}

test('a connection is dialled, told, and shows its plain bytes as the upstream leg', async t => {
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.write('pong') })
  const { tape, open, agent } = agentOf(t)
  const stream = await open('a.example', origin.port)
  stream.write('ping')
  assert.equal(String(await once(stream, 'data')), 'pong')
  assert.equal(tape.contentText('upstream', 'to-server', 6), 'ping')
  assert.equal(tape.contentText('upstream', 'to-client', 6), 'pong')
  await agent.end()
  assert.deepEqual(tape.story(6), ['looked-up', 'dialled', 'connected', 'leg-closed'])
  assert.deepEqual(tape.told('leg-closed')[0]!.bytes, { toServer: 4, toClient: 4 })
})

test('ending it ends every connection, and the server sees it', async t => {
  const origin = await rawOrigin(t, {})
  const { agent, open } = agentOf(t)
  const streams = [await open('a.example', origin.port), await open('127.0.0.1', origin.port)]
  await agent.end()
  assert.ok(streams.every(({ destroyed }) => destroyed))
  while ((await origin.connections()) > 0) await wait(2)
})

test('a connection whose client went while it was dialled is not left open', async t => {
  const origin = await rawOrigin(t, {})
  const { agent, open } = agentOf(t)
  const opening = open('a.example', origin.port).then(
    stream => once(stream, 'close'),
    () => 'refused',
  )
  await agent.end()
  await inTime('the dial is over', opening)
  const left = async (): Promise<void> => {
    while ((await origin.connections()) > 0) await wait(2)
  }
  await inTime('the origin has no connection left', left())
})

test('each dial that fails is told once with its problem', async t => {
  const { tape, open } = agentOf(t)
  await assert.rejects(open('127.0.0.1', 1), DialError)
  await assert.rejects(open('127.0.0.1', 1), DialError)
  assert.deepEqual(tape.codes(6), ['tcp/refused', 'tcp/refused'])
})

test('Parley itself is not dialled', async t => {
  const { tape, open } = agentOf(t, (_, port) => port === 4321)
  await assert.rejects(open('a.example', 4321), DialError)
  assert.deepEqual(tape.codes(6), ['proxy/loop'])
  assert.deepEqual(tape.told('dialled'), [])
})

test('a target is told when it changes, and not for every request', t => {
  const { agent, tape } = agentOf(t)
  for (const port of [80, 80, 81]) agent.target({ host: 'a.example', port })
  assert.deepEqual(
    tape.told('targeted').map(({ target }) => target.port),
    [80, 81],
  )
})
