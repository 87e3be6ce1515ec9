import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { ClientRequest, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Session, StreamGone } from '../../../src/proxy/script/session.ts'
import { streamPair } from '../stream-pair.ts'

async function arrived(): Promise<void> {
  for (let i = 0; i < 10; i++) await turn()
}

function rig() {
  const [upstream, server] = streamPair()
  const withheld: number[] = []
  const carried: number[] = []
  const session = new Session({
    target: { host: 'a.example', port: 80 },
    host: 'a.example',
    secure: false,
    upstream: Object.assign(upstream, {
      carry: (place: number) => carried.push(place),
      withhold: (place: number) => withheld.push(place),
    }),
    placeOf: count => count + 10,
    failAsServer: false,
    tell: () => {},
    explain: () => assert.fail('nothing to explain'),
  })
  session.outer.resume()
  session.inner.resume()
  return { session, upstream, server, withheld, carried }
}

test('a server that leaves ends the client’s side once nothing is under way', async () => {
  const { session, server } = rig()
  const answer = new EventEmitter()
  session.begin(answer as ServerResponse)
  server.end()
  await arrived()
  assert.equal(session.inner.writableEnded, false)
  answer.emit('close')
  assert.equal(session.inner.writableEnded, true)
})

test('a client that goes takes the server’s connection along', async () => {
  const { session, upstream } = rig()
  session.outer.destroy()
  await arrived()
  assert.deepEqual([session.inner.destroyed, upstream.destroyed], [true, true])
})

test('another protocol begins when nothing is under way', () => {
  const { session } = rig()
  const answer = new EventEmitter()
  session.begin(answer as ServerResponse)
  let begun = 0
  session.whenIdle(() => begun++)
  assert.equal(begun, 0)
  answer.emit('close')
  assert.equal(begun, 1)
})

test('the agent has the one stream, and no other', async () => {
  const { session, upstream } = rig()
  const open = () =>
    new Promise((resolve, reject) =>
      session.agent.createConnection({}, (error, stream) => (error ? reject(error) : resolve(stream))),
    )
  assert.equal(await open(), upstream)
  await assert.rejects(open(), StreamGone)
})

test('a request is kept from the server until it has its stream, and has its place from the client', () => {
  const { session, withheld, carried } = rig()
  const [first, second] = [new EventEmitter(), new EventEmitter()] as unknown as ServerResponse[]
  session.begin(first!)
  session.begin(second!)
  assert.equal(session.arrive(), 13)
  assert.deepEqual([withheld, carried], [[11, 12, 13], []])
  const asked = new EventEmitter()
  session.ask(asked as ClientRequest, second!)
  assert.deepEqual(carried, [])
  asked.emit('socket')
  assert.deepEqual(carried, [12])
})
