import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesHost } from '../../src/proxy/host-pattern.ts'

test('a pattern is the host itself', () => {
  assert.equal(matchesHost('a.example', 'a.example'), true)
  assert.equal(matchesHost('a.example', 'b.a.example'), false)
  assert.equal(matchesHost('a.example', 'xa.example'), false)
})

test('the dot of the root makes no other name', () => {
  assert.equal(matchesHost('a.example', 'a.example.'), true)
  assert.equal(matchesHost('*.example.', 'a.example'), true)
  assert.equal(matchesHost('a.example', 'a.example..'), false)
})

test('*.domain is every name below the domain and not the domain', () => {
  assert.equal(matchesHost('*.example', 'a.example'), true)
  assert.equal(matchesHost('*.example', 'b.a.example'), true)
  assert.equal(matchesHost('*.example', 'example'), false)
  assert.equal(matchesHost('*.example', 'badexample'), false)
})
