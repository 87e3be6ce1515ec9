import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endsOf, openingOf } from '../../../src/export/pcapng/ends.ts'
import type { Connection } from '../../../src/model/connection.ts'

const at = (address: string, port: number) => ({ address, port })
const connection: Connection = {
  id: 7,
  openedAt: 10,
  client: { local: at('127.0.0.1', 8080), remote: at('::ffff:127.0.0.1', 5000), connectedAt: 10 },
  upstream: { local: at('10.0.0.1', 6000), remote: at('10.0.0.2', 443), dialledAt: 20, connectedAt: 30 },
  problems: [],
}

test('Parley is the server of the client leg and the client of the upstream leg', () => {
  const [client, upstream] = [endsOf(connection, 'client')!, endsOf(connection, 'upstream')!]
  assert.deepEqual([client.client.port, client.server.port, [...client.client.address]], [5000, 8080, [127, 0, 0, 1]])
  assert.deepEqual([upstream.client.port, upstream.server.port], [6000, 443])
  assert.deepEqual(openingOf(connection, 'client'), { asked: 10, stood: 10 })
  assert.deepEqual(openingOf(connection, 'upstream'), { asked: 20, stood: 30 })
})

test('a connection inside another has a port of its own', () => {
  const { client, server } = endsOf({ ...connection, within: 3 }, 'client')!
  assert.deepEqual([client.port, server.port], [1031, 8080])
})

test('a leg that never stood, or whose address is none, has no ends', () => {
  const refused: Connection = { ...connection, upstream: { remote: at('10.0.0.2', 443), dialledAt: 20 } }
  assert.equal(endsOf(refused, 'upstream'), undefined)
  assert.equal(openingOf(refused, 'upstream'), undefined)
  assert.equal(endsOf({ ...connection, client: { local: at('x', 1), remote: at('::1', 2) } }, 'client'), undefined)
  assert.equal(
    endsOf({ ...connection, client: { local: at('1.2.3.4', 1), remote: at('::1', 2) } }, 'client'),
    undefined,
  )
})
