import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runOptionsOf } from '../../src/library/options.ts'

const paths = { authority: '/a', capture: '/c' }

test('without a word it listens on a free port of loopback, and verifies servers', () => {
  const { proxy, capturePath, bodyLimit } = runOptionsOf({}, paths)
  assert.deepEqual(proxy.listen, { host: '127.0.0.1', port: 0 })
  assert.deepEqual([proxy.verifyUpstream, proxy.mirror, proxy.authorityFolder, capturePath], [true, true, '/a', '/c'])
  assert.equal(bodyLimit, 256 * 1024 * 1024)
})

test('what is asked for is what the run takes', () => {
  const options = runOptionsOf(
    {
      listen: { port: 9 },
      verify: false,
      resolve: { a: '::1' },
      timeout: 100,
      minTls: 'TLSv1',
      keyLog: '/k',
      only: ['b'],
      offline: true,
    },
    paths,
  )
  assert.deepEqual(options.proxy.listen, { host: '127.0.0.1', port: 9 })
  assert.deepEqual([...options.proxy.hosts], [['a', '::1']])
  assert.deepEqual(options.proxy.timeouts, { dial: 100, handshake: 100, hello: 1000 })
  const { verifyUpstream, minTls, only, offline } = options.proxy
  assert.deepEqual([verifyUpstream, minTls, only, offline, options.keyLogPath], [false, 'TLSv1', ['b'], true, '/k'])
})
