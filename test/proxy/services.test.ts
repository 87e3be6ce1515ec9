import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultTimeouts, matchesHost } from '../../src/proxy/services.ts'

test('a pattern is the host itself', () => {
  assert.equal(matchesHost('a.example', 'a.example'), true)
  assert.equal(matchesHost('a.example', 'b.a.example'), false)
  assert.equal(matchesHost('a.example', 'xa.example'), false)
})

test('*.domain is every name below the domain and not the domain', () => {
  assert.equal(matchesHost('*.example', 'a.example'), true)
  assert.equal(matchesHost('*.example', 'b.a.example'), true)
  assert.equal(matchesHost('*.example', 'example'), false)
  assert.equal(matchesHost('*.example', 'badexample'), false)
})

test('no step of a connection may wait for ever', () => {
  for (const [name, ms] of Object.entries(defaultTimeouts)) assert.ok(ms > 0 && ms <= 60_000, name)
})
