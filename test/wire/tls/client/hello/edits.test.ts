import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withAlpn, withServerName } from '../../../../../src/wire/tls/client/hello/edits.ts'
import { extension } from './hellos.ts'

const grease = { type: 0x2a2a, data: Buffer.alloc(0) }
const other = { type: 5, data: Buffer.of(1) }

test("a server name takes the place of the client's", () => {
  const parts = withServerName([other, extension.serverName('client.test'), grease], 'server.test')
  assert.deepEqual(parts, [other, extension.serverName('server.test'), grease])
})

test('a name that the client did not ask for comes first, behind GREASE', () => {
  assert.deepEqual(withServerName([other], 'a.test'), [extension.serverName('a.test'), other])
  assert.deepEqual(withServerName([grease, other], 'a.test'), [grease, extension.serverName('a.test'), other])
  assert.deepEqual(withServerName([], 'a.test'), [extension.serverName('a.test')])
})

test('no name takes the extension away', () => {
  assert.deepEqual(withServerName([other, extension.serverName('client.test')], ''), [other])
  assert.deepEqual(withServerName([other], ''), [other])
})

test("protocols take the place of the client's, and none takes the extension away", () => {
  const parts = [other, extension.alpn('h2', 'http/1.1'), grease]
  assert.deepEqual(withAlpn(parts, ['http/1.1']), [other, extension.alpn('http/1.1'), grease])
  assert.deepEqual(withAlpn(parts, []), [other, grease])
})

test('a client without ALPN gets none', () => {
  assert.deepEqual(withAlpn([other], ['http/1.1']), [other])
})
