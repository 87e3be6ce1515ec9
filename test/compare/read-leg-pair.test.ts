import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLegPair } from '../../src/compare/read-leg-pair.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { LegCapture } from '../../src/wire/tls/capture.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const empty: LegCapture = {
  chunks: { 'to-server': [], 'to-client': [] },
  headers: { 'to-server': [], 'to-client': [] },
  keyLog: [],
  tlsStartsAt: { toServer: 0, toClient: 0 },
}
const hello = Buffer.from('16030100050100000103', 'hex')
const begun: LegCapture = { ...empty, chunks: { 'to-server': [{ at: 1, offset: 0, bytes: hello }], 'to-client': [] } }
const connection: Connection = { id: 7, openedAt: 0, client: {}, problems: [] }

test('a leg without a byte of TLS has no handshake, the other has', () => {
  const pair = readLegPair(
    { legCapture: (_, leg) => (leg === 'client' ? begun : empty), facts: () => undefined },
    connection,
  )
  assert.ok(pair.client)
  assert.equal(pair.upstream, undefined)
  assert.equal(pair.connection, connection)
})

test('the connection whose session was resumed is told for the leg that resumed it', () => {
  const pair = readLegPair(
    { legCapture: () => undefined, facts: id => (id === 7 ? { upstreamResumes: 3 } : {}) },
    connection,
  )
  assert.deepEqual(pair.resumes, { upstream: 3 })
})

test('a remark names Parley where it is the client or the server of a leg, and nobody else where it is neither', async () => {
  const { capture } = await tlsPair({ server: { ...identity('rsa'), minVersion: 'TLSv1.3' } }).connect({
    maxVersion: 'TLSv1.2',
  })
  const source = { legCapture: () => capture, facts: () => undefined }
  const told = (more: Partial<Connection>, leg: 'client' | 'upstream') =>
    Object.fromEntries(
      readLegPair(source, { ...connection, ...more })[leg]!.remarks.map(({ code, message }) => [code, message]),
    )
  const alert = 'ended the handshake with protocol_version after client_hello from'
  const client = told({}, 'client')
  assert.equal(client['parley-aborted'], `Parley ${alert} the client.`)
  assert.equal(client['no-alpn'], 'The client offered no application protocol (no ALPN).')
  const upstream = told({}, 'upstream')
  assert.equal(upstream['server-aborted'], `The server ${alert} Parley.`)
  assert.equal(upstream['no-alpn'], 'Parley offered no application protocol (no ALPN).')
  const whole = told({ treatment: 'pass-through' }, 'upstream')
  assert.equal(whole['server-aborted'], `The server ${alert} the client.`)
})
