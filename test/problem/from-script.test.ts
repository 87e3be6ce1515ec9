import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orOfScript, placeIn, scriptProblem, unreadable, whatOf } from '../../src/problem/from-script.ts'
import { problemOf } from '../../src/problem/problem.ts'

const thrown = (stack: string): Error => Object.assign(new TypeError('no'), { stack })

test('a place has its line where the stack tells one, however the path is written', () => {
  const at = (path: string) => thrown(`TypeError: no\n    at fn (${path}:12:7)\n    at ${path}:40:1`)
  assert.equal(placeIn('/a b/c.mjs', at('file:///a%20b/c.mjs')), '/a b/c.mjs:12')
  assert.equal(placeIn('/a/c.js', at('/a/c.js')), '/a/c.js:12')
  assert.equal(placeIn('/a/c.js', at('/other.js')), '/a/c.js')
  assert.equal(placeIn('/a/c.js', 'a string'), '/a/c.js')
})

test('what was thrown is one line', () => {
  assert.deepEqual(
    [whatOf(new TypeError('a\n  b')), whatOf('c\nd'), whatOf(undefined)],
    ['TypeError: a b', 'c d', 'undefined'],
  )
})

test('a script that fails is named, and nobody else blamed', () => {
  const { code, blame, message } = scriptProblem('/a/c.mjs', 'onRequest', thrown('at file:///a/c.mjs:3:1'))
  assert.deepEqual([code, blame], ['proxy/script-failed', 'parley'])
  assert.equal(message, 'a script of --mitm-script failed: /a/c.mjs:3 (onRequest): TypeError: no')
})

test('what Node reads too strictly is a limit of Parley', () => {
  const error = Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_TOKEN' })
  assert.deepEqual(
    [unreadable('request', error), unreadable('response', error)].map(({ code, blame }) => [code, blame]),
    [
      ['proxy/bad-request', 'parley'],
      ['http/upstream-failed', 'parley'],
    ],
  )
})

test('only what no protocol in common explains is laid to the script', () => {
  assert.equal(orOfScript(problemOf('tls/no-common-alpn')).blame, 'parley')
  const other = problemOf('tls/certificate-expired')
  assert.equal(orOfScript(other), other)
})
