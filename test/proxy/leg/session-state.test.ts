import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSessionState } from '../../../src/proxy/leg/session-state.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { identity } from '../../wire/tls/test-certificates.ts'

test('a session of TLS 1.3 tells its ticket and the key of it', async () => {
  const { session, capture } = await tlsPair({ server: identity('ecdsa') }).connect()
  const state = readSessionState(session!)
  const tickets = dissect(capture).messages.flatMap(({ value }) =>
    value.name === 'new_session_ticket' ? [Buffer.from(value.ticket.ticket)] : [],
  )
  assert.ok(tickets.some(ticket => ticket.equals(state!.ticket!)))
  assert.equal(state?.psk.length, 48) // TLS_AES_256_GCM_SHA384
})

test('a session of TLS 1.2 has no such key', async () => {
  const { session } = await tlsPair({ server: { ...identity('ecdsa'), maxVersion: 'TLSv1.2' } }).connect()
  assert.equal(readSessionState(session!), undefined)
})

test('what is no session is refused', () => {
  assert.throws(() => readSessionState(Buffer.from('nonsense')), /session/)
})
