import assert from 'node:assert/strict'
import { test } from 'node:test'
import { http2Rows } from '../../../src/compare/rows/http2-rows.ts'
import type { Connection } from '../../../src/model/connection.ts'

const connection: Connection = {
  id: 1,
  openedAt: 0,
  protocol: 'h2',
  treatment: 'observe',
  client: {},
  upstream: { secureAt: 1 },
  problems: [],
}

test('SETTINGS are the same on both legs where they are only observed', () => {
  assert.deepEqual(http2Rows({ connection }), [
    {
      aspect: 'http2-settings',
      label: 'HTTP/2 SETTINGS and windows',
      client: 'relayed verbatim',
      upstream: 'relayed verbatim',
      mark: '=',
    },
  ])
})

test('nothing is said where they are rewritten, or there is no HTTP/2', () => {
  assert.deepEqual(http2Rows({ connection: { ...connection, treatment: 'rewrite' } }), [])
  assert.deepEqual(http2Rows({ connection: { ...connection, protocol: 'http/1.1' } }), [])
})
