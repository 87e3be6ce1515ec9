import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { openDoor } from '../../src/proxy/door.ts'
import { toProxy } from './running.ts'

const at = { host: '127.0.0.1', port: 0 }
const door = (over: Partial<Parameters<typeof openDoor>[0]> = {}) =>
  openDoor({ at, mayBeOpen: () => true, accept: socket => socket.destroy(), trouble: () => {}, ...over })

test('a free port is found, clients are handed over, and a closed door takes none', async t => {
  let came: ((socket: Socket) => void) | undefined
  const accepted = new Promise<Socket>(resolve => {
    came = resolve
  })
  const open = await door({ accept: socket => came!(socket) })
  assert.deepEqual([open.host, open.port > 0], ['127.0.0.1', true])
  const client = await toProxy(t, open)
  const socket = await accepted
  assert.equal(socket.remotePort, client.localPort)
  socket.destroy()
  await open.close()
  await assert.rejects(door({ at: { host: '127.0.0.1', port: 70_000 } }), /ERR_SOCKET_BAD_PORT|port/)
})

test('an address that is taken, or that may not be open to others, is not listened on', async () => {
  const open = await door()
  await assert.rejects(door({ at: open }), { code: 'EADDRINUSE' })
  await open.close()
  await assert.rejects(door({ mayBeOpen: host => host !== '127.0.0.1' }), { code: 'OPEN_TO_OTHERS' })
})
