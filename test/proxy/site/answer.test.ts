import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, type Asked, answerFor } from '../../../src/proxy/site/answer.ts'
import type { SiteFacts } from '../../../src/proxy/site/facts.ts'
import { factsWith, root } from './make.ts'

const ask = (asked: Partial<Asked> = {}, facts: Partial<SiteFacts> = {}): Answer =>
  answerFor({ method: 'GET', path: '/', host: 'parley.proxy', ...asked }, factsWith(facts), root)

test('the page, the forms of the root and the check are there, and nothing else', () => {
  assert.match(String(ask().body), /<title>Parley<\/title>/)
  assert.equal(ask({ path: '/parley-ca.crt' }).body, root.der)
  assert.match(String(ask({ host: 'trust.parley.proxy' }).body), /this browser trusts Parley/)
  assert.equal(ask({ path: '/check' }).status, 200)
  const pac = ask({ path: '/proxy.pac' })
  assert.equal(pac.headers['content-type'], 'application/x-ns-proxy-autoconfig')
  assert.match(String(pac.body), /PROXY 127\.0\.0\.1:8080/)
  for (const path of ['/keys/ca.private.key', '//', '/../ca.pem', '/favicon.ico', '*'])
    assert.equal(ask({ path }).status, 404, path)
})

test('it can only be read', () => {
  assert.equal(ask({ method: 'HEAD' }).status, 200)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get']) {
    const { status, headers } = ask({ method })
    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], method)
  }
})

test('no answer lets another page frame it, read it or run anything in it', () => {
  for (const path of ['/', '/check', '/parley-ca.pem', '/nothing']) {
    const { headers } = ask({ path, origin: 'https://evil.example' })
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(headers['content-security-policy']!, /^default-src 'none'; /)
    assert.match(headers['content-security-policy']!, /frame-ancestors 'none'/)
    assert.doesNotMatch(headers['content-security-policy']!, /unsafe|\*/)
    assert.equal(headers['access-control-allow-origin'], undefined)
  }
})

test('only the page itself may see the check, under each of its addresses', () => {
  const allowed = (origin: string) => ask({ path: '/check', origin }).headers['access-control-allow-origin']
  for (const own of [
    'http://parley.proxy',
    'https://parley.proxy',
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://[::1]:8080',
  ])
    assert.equal(allowed(own), own)
  for (const other of [
    'null',
    '',
    'http://evil.example',
    'http://evil.example:8080',
    'http://parley.proxy.evil.example',
    'http://127.0.0.1:3000',
    'file://parley.proxy',
    'http://x@parley.proxy',
  ])
    assert.equal(allowed(other), undefined, other)
  assert.equal(ask({ path: '/', origin: 'http://parley.proxy' }).headers['access-control-allow-origin'], undefined)
})

test('where credentials are wanted, who gave none is not told which hosts are passed through', () => {
  const tells = (asked: Partial<Asked>, facts: Partial<SiteFacts>) =>
    String(ask(asked, facts).body).includes('bank.example')
  const direct = { host: 'parley.proxy:8080' }
  assert.ok(tells({}, { guarded: true }))
  assert.ok(tells(direct, {}))
  assert.ok(!tells(direct, { guarded: true }))
  assert.ok(!tells({}, { guarded: true, listens: () => ({ host: '127.0.0.1', port: 80 }) })) // there the two cannot be told apart
})
