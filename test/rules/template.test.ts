import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readTemplate } from '../../src/rules/template.ts'
import { requestOf } from './heads.ts'

const fill = (text: string, body?: Uint8Array, headers: readonly (readonly [string, string])[] = []) =>
  readTemplate(text).fill({ sent: requestOf({}, headers), ...(body && { body }) })

test('places are filled from the request', () => {
  const text = '{method} {scheme}://{host}{path} {query.id} {header.accept} {query.none}|'
  assert.equal(fill(text), 'GET https://api.example.com/users 7 */* |')
})

test('other braces stand for themselves', () => {
  assert.equal(fill('{"a":{"b":"{method}"}} {} {unknown} {{path}}'), '{"a":{"b":"GET"}} {} {unknown} {/users}')
})

test('a body is asked for only where it is used, and its codings are undone', () => {
  assert.equal(readTemplate('{body}').asksBody, true)
  assert.equal(readTemplate('body {header.body}').asksBody, false)
  assert.equal(fill('[{body}]', gzipSync('é'), [['Content-Encoding', 'gzip']]), '[é]')
  assert.equal(fill('[{body}]'), '[]')
})
