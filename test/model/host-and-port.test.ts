import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostAndPort, reachable } from '../../src/model/host-and-port.ts'

test('an IPv6 address stands in brackets, nothing else does', () => {
  assert.equal(hostAndPort({ host: '::1', port: 443 }), '[::1]:443')
  assert.equal(hostAndPort({ host: '127.0.0.1', port: 443 }), '127.0.0.1:443')
  assert.equal(hostAndPort({ host: 'a.example', port: 80 }), 'a.example:80')
})

test('what listens everywhere is reached on loopback, everything else where it listens', () => {
  const hosts = ['0.0.0.0', '::', '127.0.0.1', '192.0.2.1', 'a.example', 'constructor']
  assert.deepEqual(hosts.map(reachable), ['127.0.0.1', '::1', '127.0.0.1', '192.0.2.1', 'a.example', 'constructor'])
})
