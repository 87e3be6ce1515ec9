import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lobby } from '../../../src/proxy/entrance/lobby.ts'
import { asServer } from '../../../src/proxy/entrance/own-server.ts'
import type { Services } from '../../../src/proxy/services.ts'
import { MemoryTape } from '../memory-tape.ts'
import { once, socketPair } from '../socket-pair.ts'

test('the proxy is the target, what was read comes again, and the end is told', async t => {
  const { near, far, close } = await socketPair()
  t.after(close)
  const tape = new MemoryTape()
  const lobby = new Lobby()
  const ends = { local: { address: '::ffff:127.0.0.1', port: 8080 }, remote: { address: '127.0.0.1', port: 9 } }
  const arrival = {
    services: { tape, lobby } as unknown as Services,
    socket: near,
    connection: 1,
    address: '127.0.0.9',
    ends,
  }
  const { client, target } = asServer(arrival, 'http2', Buffer.from('first'))
  assert.deepEqual([target, lobby.size, client.remoteAddress], [{ host: '127.0.0.1', port: 8080 }, 1, '127.0.0.9'])
  const data = once(client, 'data')
  client.resume()
  assert.equal(String(await data), 'first')
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, String(bytes)]),
    [[0, 'first']],
  )
  far.end()
  await once(client, 'end')
  client.destroy()
  await tape.closed()
  assert.equal(lobby.size, 0)
  assert.deepEqual(tape.story(1), ['targeted', 'leg-closed', 'closed'])
  assert.deepEqual(tape.told('leg-closed')[0]?.bytes, { toServer: 5, toClient: 0 })
})
