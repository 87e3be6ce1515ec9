import assert from 'node:assert/strict'
import { test } from 'node:test'
import { legJson } from '../../../src/view/json/leg-json.ts'
import type { Handshake, TlsRecord } from '../../../src/wire/tls/handshake.ts'
import { helloOf, makeHandshake, makeHello, modern } from '../../compare/make.ts'
import { recordedPair } from '../recorded.ts'

test('times count from the opening of the connection', async () => {
  const { connection, upstream } = await recordedPair()
  const json = legJson(connection.upstream!, upstream, connection.openedAt)
  assert.ok(Math.abs(json.dialled! - 1.5) < 0.01 && Math.abs(json.connected! - 3.5) < 0.01)
  assert.ok(Math.abs(json.closed!.time - 310) < 0.01)
  assert.ok(!('dialledAt' in json))
})

test('a leg without TLS has no tls member', async () => {
  const { connection } = await recordedPair()
  assert.ok(!('tls' in legJson(connection.client, undefined, connection.openedAt)))
})

test('what TLS 1.3 said in messages that stayed closed is unknown, not absent', () => {
  const closed = { direction: 'to-client', at: 0, offset: 0, type: 23, version: 0x0303, length: 40, encrypted: true }
  const negotiated = (leg: Handshake) => {
    const { earlyData, clientCertificate, ocspStapled } = legJson({}, leg, 0).tls!.negotiated
    return [earlyData, clientCertificate, ocspStapled]
  }
  const records = [{ ...closed, opened: false } as TlsRecord]
  const asked = [helloOf(makeHello({ earlyData: true }))]
  assert.deepEqual(negotiated(makeHandshake(asked, { records }, modern)), ['unknown', 'unknown', undefined])
  assert.deepEqual(negotiated(makeHandshake(asked, { records: [] }, modern)), ['none', 'none', false])
  const resumed = makeHandshake([helloOf(makeHello())], { records }, { ...modern, resumption: 'psk' })
  assert.deepEqual(negotiated(resumed), ['none', 'none', false])
})
