import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchHost } from '../../../src/wire/x509/host-name.ts'

const match = (host: string, ...dns: string[]): string | undefined =>
  matchHost(host, { dns, ip: ['192.0.2.7', '2001:db8::7'] })

test('names match whatever their case and final dot', () => {
  assert.equal(match('WWW.Example.com.', 'a.example.com', 'www.EXAMPLE.com'), 'www.EXAMPLE.com')
  assert.equal(match('www.example.com', 'example.com'), undefined)
})

test('a wildcard stands for exactly one leftmost label', () => {
  assert.equal(match('a.example.com', '*.example.com'), '*.example.com')
  assert.equal(match('example.com', '*.example.com'), undefined)
  assert.equal(match('a.b.example.com', '*.example.com'), undefined)
  assert.equal(match('a.b.example.com', 'a.*.example.com'), undefined)
  assert.equal(match('foo.example.com', 'f*.example.com'), undefined)
  assert.equal(match('example.com', '*.com'), undefined)
  assert.equal(match('.example.com', '.example.com'), undefined)
})

test('addresses match addresses only, in any notation', () => {
  assert.equal(match('192.0.2.7', '192.0.2.7.example'), '192.0.2.7')
  assert.equal(match('[2001:DB8:0::7]'), '2001:db8::7')
  assert.equal(match('192.0.2.8', '192.0.2.8', '*.0.2.8'), undefined)
})

test('a name in another script matches its A-labels', () => {
  assert.equal(match('bücher.example', 'xn--bcher-kva.example'), 'xn--bcher-kva.example')
  assert.equal(match('', '*.example.com'), undefined)
})
