import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peerOf } from '../../../src/proxy/socket/peer.ts'

test('a peer without address or port is not known', () => {
  assert.deepEqual(peerOf('server', { remoteAddress: '::1', remotePort: 5 }), { server: { address: '::1', port: 5 } })
  assert.deepEqual([peerOf('client'), peerOf('client', { remoteAddress: '::1' })], [{}, {}])
})
