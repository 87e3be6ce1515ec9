import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as from from '../../src/problem/from-other-proxy.ts'
import { connectProblem } from '../../src/problem/from-system.ts'

const via = { scheme: 'socks5', host: '::1', port: 1080 }

test('each says which proxy it is about, and blames it', () => {
  const problems = [
    from.unreachableProxy(via, connectProblem(via, 'ECONNREFUSED')),
    from.proxyTlsFailed(via, new Error('no TLS')),
    from.silentProxy(via, 'it closed the connection'),
    from.unreadableProxy(via, 'no HTTP'),
    from.proxyWantsCredentials(via, 'none'),
    from.connectRefused(via, 403, 'Forbidden'),
    from.socks4Refused(via, 91),
    from.socks5Refused(via, 2),
  ]
  for (const { blame, message, remedy } of problems) {
    assert.equal(blame, 'other-proxy')
    assert.match(message, /: socks5:\/\/\[::1\]:1080: /)
    assert.ok(remedy)
  }
})

test('every byte of a SOCKS reply and every status has a meaning', () => {
  for (let n = 1; n < 256; n++) {
    assert.ok(from.socks4Refused(via, n).message && from.socks5Refused(via, n).message)
    assert.match(from.connectRefused(via, 300 + n, '').code, /^upstream-proxy\/(refused|credentials|no-server)$/)
  }
})
