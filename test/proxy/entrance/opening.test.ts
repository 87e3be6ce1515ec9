import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { problemOf } from '../../../src/problem/problem.ts'
import { Lobby } from '../../../src/proxy/entrance/lobby.ts'
import { Gone, Opening, Refusal } from '../../../src/proxy/entrance/opening.ts'
import type { Services } from '../../../src/proxy/services.ts'
import type { Take } from '../../../src/wire/socks/whole.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, readAll, socketPair } from '../socket-pair.ts'

const nowhere = { address: '127.0.0.1', port: 0 }
const arrival = { address: '127.0.0.1', ends: { local: nowhere, remote: nowhere } }

/** Five bytes. */
const takeFive: Take<string> = bytes =>
  bytes.length < 5 ? undefined : { value: Buffer.from(bytes.subarray(0, 5)).toString(), length: 5 }
const starred = (bytes: Buffer): Buffer => Buffer.alloc(bytes.length, '*')

async function opened(t: TestContext, first: string, hello = 10_000) {
  const { near, far, close } = await socketPair()
  t.after(close)
  const tape = new MemoryTape()
  const lobby = new Lobby()
  const services = { tape, lobby, options: { timeouts: { hello } } } as unknown as Services
  const opening = new Opening({ ...arrival, services, socket: near, connection: 1 }, Buffer.from(first))
  return { opening, near, far, tape, lobby }
}

test('messages are read one after the other, and what is behind them is the tunnel’s', async t => {
  const { opening, far, tape, lobby } = await opened(t, 'on')
  assert.equal(lobby.size, 1)
  far.write('e..tw')
  assert.equal(await opening.read(takeFive), 'one..')
  const answer = once(far, 'data')
  opening.say(Buffer.from('yes'))
  assert.equal(String(await answer), 'yes')
  far.write('o..more')
  assert.equal(await opening.read(takeFive, starred), 'two..')
  const tap = opening.handOver()
  assert.equal(lobby.size, 0)
  assert.deepEqual(
    tape.wires.map(({ lane, position, bytes }) => [lane, position, String(bytes)]),
    [
      ['client to-server', 0, 'one..'],
      ['client to-client', 0, 'yes'],
      ['client to-server', 5, '*****'],
      ['client to-server', 10, 'more'],
    ],
  )
  assert.deepEqual([tap.bytes, String(tap.unread)], [{ toServer: 14, toClient: 3 }, 'more'])
  const ended = once(tap, 'end')
  far.end()
  tap.resume()
  await ended
  tap.destroy()
})

test('a client that goes in the middle of a secret leaves no part of it on the tape', async t => {
  const { opening, far, near, tape, lobby } = await opened(t, 'one..sec')
  await opening.read(takeFive)
  const read = opening.read(takeFive, starred)
  far.end()
  await assert.rejects(read, Gone)
  near.destroy()
  await tape.closed()
  assert.deepEqual(
    tape.wires.map(({ bytes }) => String(bytes)),
    ['one..', '***'],
  )
  const [closed] = tape.told('leg-closed')
  assert.deepEqual([closed?.closed.by, closed?.bytes], ['client', { toServer: 8, toClient: 0 }])
  assert.equal(lobby.size, 0)
})

test('a client that takes too long is refused', async t => {
  const { opening } = await opened(t, 'o', 20)
  await assert.rejects(opening.read(takeFive), (error: Refusal) => error.problem.code === 'proxy/late-head')
})

test('a refusal arrives though the client has said more than was read', async t => {
  const { opening, far, tape } = await opened(t, 'x')
  far.write('y'.repeat(100_000))
  const answer = readAll(far)
  opening.refuse(new Refusal(problemOf('proxy/loop'), Buffer.from('no')))
  assert.equal(String(await answer), 'no')
  far.end()
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.told('leg-closed')[0]?.closed.by], [['proxy/loop'], 'parley'])
})
