import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeDifferences } from '../../../src/cli/compare/handshake-differences.ts'
import type { LegPair } from '../../../src/compare/compare.ts'
import type { Connection } from '../../../src/model/connection.ts'

const connection: Connection = { id: 1, openedAt: 0, client: {}, problems: [] }
const failed: LegPair = {
  connection: { ...connection, problems: [{ code: 'tcp/refused', blame: 'server', message: 'refused' }] },
}
const none = { names: new Set<string>(), strict: false }

test('a problem that only one has is a difference, unless it is ignored', () => {
  assert.deepEqual(handshakeDifferences({ connection }, { connection }, none), [])
  assert.deepEqual(handshakeDifferences({ connection }, failed, none), [
    { what: 'problem', label: 'Problem', is: 'tcp/refused' },
  ])
  assert.deepEqual(handshakeDifferences(failed, { connection }, none), [
    { what: 'problem', label: 'Problem', was: 'tcp/refused' },
  ])
  assert.deepEqual(handshakeDifferences(failed, { connection }, { ...none, names: new Set(['problem']) }), [])
})
