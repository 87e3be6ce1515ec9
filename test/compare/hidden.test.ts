import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareLegs } from '../../src/compare/compare.ts'
import { answerHidden, notVisible } from '../../src/compare/hidden.ts'
import { compareConnections } from '../../src/compare/two-connections.ts'
import type { ClientHello, ServerHello } from '../../src/wire/tls/values.ts'
import { helloOf, makeConnection, makeHandshake, makeHello, modern } from './make.ts'

const closedRecord = {
  direction: 'to-client',
  at: 0,
  offset: 0,
  type: 23,
  version: 0x0303,
  length: 40,
  encrypted: true,
  opened: false,
} as const
const visible = { version: modern.version, cipherSuite: modern.cipherSuite, group: modern.group }

const passedThrough = (offer: Partial<ClientHello> = {}, agreed = {}) => {
  const records = [closedRecord]
  const leg = makeHandshake([helloOf(makeHello(offer))], { records, serverHello: {} as ServerHello }, agreed)
  return { connection: makeConnection({ treatment: 'pass-through' }), client: leg, upstream: leg }
}
const hiddenOf = (pair: ReturnType<typeof passedThrough>) =>
  compareLegs(pair).rows.flatMap(({ aspect, client, upstream, mark }) =>
    client === notVisible && upstream === notVisible && mark === '·' ? [aspect] : [],
  )

test('what TLS 1.3 says in encrypted messages is not said to be absent', () => {
  const full = hiddenOf(passedThrough({ earlyData: true }, visible))
  assert.deepEqual(full, [
    'signature-algorithm',
    'alpn',
    'certificate',
    'key',
    'ocsp',
    'client-certificate',
    'session-tickets',
    'early-data',
  ])
})

test('a resumed session has no certificates to hide, and what was not asked for is not hidden', () => {
  const { alpn: _, ...silent } = makeHello()
  const pair = passedThrough({}, { ...visible, resumption: 'psk' })
  assert.deepEqual(hiddenOf(pair), ['alpn', 'session-tickets'])
  const leg = { ...pair.client, clientHello: silent }
  assert.deepEqual(hiddenOf({ ...pair, client: leg, upstream: leg }), ['session-tickets'])
})

test('before TLS 1.3 the handshake is in clear', () => {
  assert.deepEqual(hiddenOf(passedThrough({}, { ...visible, version: 0x0303 })), [])
})

test('a leg that was read hides nothing, although its application data stays closed', () => {
  const extensions = ['to-client', { name: 'encrypted_extensions', extensions: [] } as never] as const
  const leg = makeHandshake([helloOf(makeHello()), extensions], { records: [closedRecord] }, visible)
  const messages = leg.messages.map((message, i) => ({ ...message, encrypted: i === 1 }))
  assert.equal(answerHidden({ ...leg, messages }), false)
})

test('two connections whose answers are hidden are not said to be the same', () => {
  const pair = passedThrough({}, visible)
  const row = compareConnections(pair, pair).find(({ aspect }) => aspect === 'upstream-alpn')
  assert.deepEqual([row?.client, row?.mark], [notVisible, '·'])
})
