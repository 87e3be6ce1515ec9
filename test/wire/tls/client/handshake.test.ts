import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readServerHello } from '../../../../src/wire/tls/client/handshake.ts'
import type { Part } from './offer.ts'
import { refuses } from './rogue/encounter.ts'
import { helloMessage } from './rogue/server.ts'
import { Server12 } from './rogue/server12.ts'
import { Server13 } from './rogue/server13.ts'
import { stateOf } from './state-of.ts'

const empty = Buffer.alloc(0)
const said = (extensions: readonly Part[], sessionId = empty): Buffer =>
  helloMessage({ version: 0x0303, random: Buffer.alloc(32), sessionId, suite: 0xc02f, compression: 0, extensions })

test('a ServerHello is read where it is due, in its form, and answers what was asked', () => {
  const state = stateOf()
  const read = (bytes: Buffer, type = bytes[0]!) => readServerHello(state, { type, bytes })
  assert.equal(read(said([[23, empty]])).cipherSuite, 0xc02f)
  assert.throws(() => read(said([]), 11), { alert: 10 })
  assert.throws(() => read(said([]).subarray(0, 40)), { alert: 50 })
  assert.throws(() => read(said([], Buffer.alloc(33))), { alert: 50 })
  assert.throws(() => read(said([[15, Buffer.of(1)]])), { alert: 110 })
  assert.throws(() => read(said([[16, Buffer.from('0003026832', 'hex')]])), { alert: 110 })
})

const modern = { offer: { suites: [0x1301, 0x1303], groups: [29, 23] } }

refuses(() => new Server13(), modern, [
  [
    'a ServerHello of another suite than the HelloRetryRequest',
    47,
    s => {
      s.retry()
      s.serverHello({ suite: 0x1303 })
    },
  ],
  [
    'a second HelloRetryRequest',
    10,
    s => {
      s.retry()
      s.retry()
    },
  ],
])

refuses(() => new Server12(), { offer: { versions: [0x0303, 0x0302], suites: [0xc02b] } }, [
  ['a version that was offered and is too old', 70, s => s.serverHello({ version: 0x0302 })],
])
