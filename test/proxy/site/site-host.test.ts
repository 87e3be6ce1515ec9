import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnAddress, isSiteHost } from '../../../src/proxy/site/site-host.ts'
import { factsWith } from './make.ts'

test('the site has two names, in any spelling, and no others', () => {
  for (const host of ['parley.proxy', 'Parley.Proxy.', 'trust.parley.proxy']) assert.ok(isSiteHost(host), host)
  for (const host of ['a.parley.proxy', 'parley.proxy.evil.example', 'xparley.proxy', ''])
    assert.ok(!isSiteHost(host), host)
})

test('Parley’s own addresses are those where it listens, and the names of this machine', () => {
  const { isOurs } = factsWith()
  const isOwn = (host: string, port = 8080): boolean => isOwnAddress({ host, port }, isOurs)
  for (const host of ['127.0.0.1', '::1', '192.0.2.7', 'localhost', 'a.localhost']) assert.ok(isOwn(host), host)
  for (const host of ['rebound.example', 'localhost.evil.example', '192.0.2.8']) assert.ok(!isOwn(host), host)
  assert.ok(!isOwn('127.0.0.1', 80))
  assert.ok(!isOwn('localhost', 8081))
})
