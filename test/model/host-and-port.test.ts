import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostAndPort } from '../../src/model/host-and-port.ts'

test('an IPv6 address stands in brackets, nothing else does', () => {
  assert.equal(hostAndPort({ host: '::1', port: 443 }), '[::1]:443')
  assert.equal(hostAndPort({ host: '127.0.0.1', port: 443 }), '127.0.0.1:443')
  assert.equal(hostAndPort({ host: 'a.example', port: 80 }), 'a.example:80')
})
