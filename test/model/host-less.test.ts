import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHostLess } from '../../src/model/host-less.ts'

test('a path alone is no host, whichever way its slashes lean and whatever scheme is before them', () => {
  for (const text of ['/x', '//x', '\\x', 'http:///x', 'HTTPS://\\x']) assert.equal(isHostLess(text), true, text)
  for (const text of ['x/y', 'http://x/', 'localhost:1/', '[::1]/']) assert.equal(isHostLess(text), false, text)
})
