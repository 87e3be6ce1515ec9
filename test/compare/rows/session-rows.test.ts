import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionRows } from '../../../src/compare/rows/session-rows.ts'
import { makeConnection, makeHandshake, type Said } from '../make.ts'

const ticket: Said = [
  'to-client',
  { name: 'new_session_ticket', ticket: { lifetime: 7200, ticket: new Uint8Array(4) } },
]

const rowFor = (aspect: string, client: ReturnType<typeof makeHandshake>, upstream: ReturnType<typeof makeHandshake>) =>
  sessionRows({ connection: makeConnection(), client, upstream }).find(row => row.aspect === aspect)

test('tickets are counted with their lifetime', () => {
  const row = rowFor('session-tickets', makeHandshake([ticket, ticket]), makeHandshake([]))
  assert.deepEqual([row?.client, row?.upstream, row?.mark], ['2, lifetime 7200 s', 'none', '≠'])
})

test('a resumed leg beside a full one differs without mattering', () => {
  const row = rowFor('resumption', makeHandshake([]), makeHandshake([], {}, { resumption: 'psk' }))
  assert.equal(row?.mark, '≠')
})

test('early data on one leg alone matters', () => {
  assert.equal(rowFor('early-data', makeHandshake([]), makeHandshake([], {}, { earlyData: 'accepted' }))?.mark, '!')
})

test('a handshake that was not finished resumed nothing', () => {
  const failed = makeHandshake([], { outcome: 'failed' })
  assert.deepEqual(sessionRows({ connection: makeConnection(), client: failed, upstream: failed }), [])
})
