import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreeOnExtensions } from '../../../../../src/wire/tls/client/tls12/extensions.ts'
import { readServerHello } from '../../../../../src/wire/tls/messages/server-hello.ts'
import { type Part, vector8, vector16 } from '../offer.ts'
import { helloMessage } from '../rogue/server.ts'
import { stateOf } from '../state-of.ts'

const empty = Buffer.alloc(0)
const first: Part = [0xff01, Buffer.of(0)]
const before = { client: Buffer.alloc(12, 1), server: Buffer.alloc(12, 2), leaf: Buffer.of(3) }
const again: Part = [0xff01, vector8(before.client, before.server)]

function agreed(parts: readonly Part[], renegotiates = false, extendedBefore = false) {
  const state = stateOf({ versions: [0x0303], alpn: ['h2'] })
  state.agreed.extendedMasterSecret = extendedBefore
  state.agreed.alpn = renegotiates ? 'h2' : undefined
  const random = Buffer.alloc(32)
  const hello = readServerHello(
    helloMessage({ version: 0x0303, random, sessionId: empty, suite: 0xc02f, compression: 0, extensions: parts }),
  )
  const nextProtocol = agreeOnExtensions(state, hello, renegotiates ? before : undefined)
  return { ...state.agreed, nextProtocol }
}

test('what a ServerHello agrees on', () => {
  const { extendedMasterSecret, secureRenegotiation, alpn } = agreed([
    [23, empty],
    first,
    [16, vector16(vector8(Buffer.from('h2')))],
    [11, vector8(Buffer.of(0))],
  ])
  assert.deepEqual([extendedMasterSecret, secureRenegotiation, alpn], [true, true, 'h2'])
  assert.equal(agreed([]).secureRenegotiation, false)
})

test('renegotiation_info is of this connection', () => {
  assert.throws(() => agreed([again]), { alert: 40 })
  assert.equal(agreed([again], true).alpn, 'h2')
  assert.throws(() => agreed([first], true), { alert: 40 })
  assert.throws(() => agreed([], true), { alert: 40 })
  assert.throws(() => agreed([again], true, true), { alert: 40 })
})

test('what is not spoken here, and what must not be said', () => {
  for (const type of [4, 25, 26, 0x7550]) assert.throws(() => agreed([[type, empty]]), { code: 'unsupported' })
  for (const type of [19, 20]) assert.throws(() => agreed([[type, Buffer.of(2)]]), { code: 'unsupported' })
  assert.equal(agreed([[20, Buffer.of(0)]]).secureRenegotiation, false)
  assert.throws(() => agreed([[11, vector8(Buffer.of(1))]]), { alert: 47 })
  assert.throws(() => agreed([[11, Buffer.of(2, 0)]]), { alert: 50 })
  assert.throws(() => agreed([[18, empty]]), { alert: 50 })
})
