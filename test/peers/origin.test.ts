import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { test } from 'node:test'
import { listen } from '../../src/peers/origin.ts'

test('closing does not wait for peers that stay, and nobody can connect afterwards', async () => {
  const { port, close } = await listen(createServer())
  const peer = connect(port, '127.0.0.1')
  peer.on('error', () => {})
  await once(peer, 'connect')
  const gone = once(peer, 'close')
  await close()
  await gone
  const late = connect(port, '127.0.0.1')
  const [error] = await once(late, 'error')
  assert.equal(error.code, 'ECONNREFUSED')
})
