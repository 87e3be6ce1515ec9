import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruledWay } from '../../../src/proxy/dial/ruled-way.ts'

test('an address and a proxy, each where a rule says so', () => {
  assert.deepEqual(ruledWay(undefined), {})
  assert.deepEqual(ruledWay({ address: '::1' }), { address: '::1' })
  assert.deepEqual(ruledWay({ via: 'direct' }), { way: 'direct' })
  assert.deepEqual(ruledWay({ via: 'socks5h://me:pw@127.0.0.1:1080' }), {
    way: { scheme: 'socks5h', host: '127.0.0.1', port: 1080, credentials: { user: 'me', password: 'pw' } },
  })
})

test('what is no proxy leads nowhere else', () => {
  assert.deepEqual(ruledWay({ via: 'ftp://x' }), {})
})
