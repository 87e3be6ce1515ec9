import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../../src/model/connection.ts'
import { tlsRows } from '../../../src/view/diff/tls-rows.ts'

const connection = (id: number, version: string): Connection => ({
  id,
  openedAt: 0,
  serverName: 'a.test',
  client: { agreed: { version, cipherSuite: 'TLS_AES_128_GCM_SHA256', resumed: false } },
  upstream: { remote: { address: '127.0.0.1', port: 443 } },
  problems: [],
})

const differing = (left: Connection | undefined, right: Connection | undefined) =>
  tlsRows(left, right)
    .filter(({ mark }) => mark !== '=')
    .map(({ aspect }) => aspect)

test('what TLS agreed is compared leg by leg', () => {
  assert.deepEqual(differing(connection(1, 'TLSv1.3'), connection(2, 'TLSv1.2')), ['connection', 'client-version'])
})

test('flows of one connection share all of it', () => {
  assert.deepEqual(differing(connection(1, 'TLSv1.3'), connection(1, 'TLSv1.3')), [])
})

test('connections that are not known have no rows', () => {
  assert.deepEqual(tlsRows(undefined, undefined), [])
})
