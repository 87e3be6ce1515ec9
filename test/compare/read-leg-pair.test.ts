import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLegPair } from '../../src/compare/read-leg-pair.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { LegCapture } from '../../src/wire/tls/capture.ts'

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
