import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientState } from '../../../../src/wire/tls/client/client-state.ts'
import { ownShares } from '../../../../src/wire/tls/client/hello/own-hello.ts'
import type { TlsClientOptions } from '../../../../src/wire/tls/client/options.ts'
import { handshakeType } from '../../../../src/wire/tls/client/protocol.ts'
import { TlsError } from '../../../../src/wire/tls/client/tls-error.ts'
import { offer } from './offer.ts'

const chain = { certificates: [Buffer.of(1)], rawKey: false }
function stateWith(told: Partial<TlsClientOptions> = {}): ClientState {
  const hello = offer()
  const options = { hello, verify: () => undefined, out: () => {}, data: () => {}, failed: () => {}, ...told }
  const state = new ClientState(options, ownShares(hello))
  state.agreed.chain = chain
  return state
}
const keyUpdate = { type: 24, bytes: Buffer.from('1800000101', 'hex') }

test('a message that is read joins the transcript, one that is perused does not', () => {
  const state = stateWith()
  state.agreed.version = 0x0304
  assert.equal(state.peruse(keyUpdate, 'key_update', handshakeType.keyUpdate).requested, true)
  assert.equal(state.transcript.messages.length, 0)
  state.read(keyUpdate, 'key_update', handshakeType.keyUpdate)
  assert.deepEqual(state.transcript.messages, [keyUpdate.bytes])
})

test('another message than the one that is due is unexpected, and one that cannot be read an error of form', () => {
  const state = stateWith()
  assert.throws(() => state.read(keyUpdate, 'finished', handshakeType.finished), { alert: 10 })
  const cut = { type: 24, bytes: Buffer.from('18000000', 'hex') }
  assert.throws(() => state.read(cut, 'key_update', handshakeType.keyUpdate), { alert: 50 })
  assert.equal(state.transcript.messages.length, 0)
})

test('what we say is told, in the transcript and in a record', () => {
  const told: [boolean, string][] = []
  const state = stateWith({ message: (toServer, bytes) => told.push([toServer, Buffer.from(bytes).toString('hex')]) })
  const record = state.said(Buffer.from('05000000', 'hex'))
  assert.equal(record.toString('hex'), '160303000405000000')
  assert.deepEqual(told, [[true, '05000000']])
  assert.equal(state.transcript.messages.length, 1)
})

test('a secret is told under the random of the hello', () => {
  const lines: string[] = []
  const state = stateWith({ keyLog: line => lines.push(line) })
  state.log('CLIENT_RANDOM', Buffer.of(1, 2))
  assert.deepEqual(lines, [`CLIENT_RANDOM ${Buffer.from(state.sent.hello.random).toString('hex')} 0102\n`])
})

test('a verdict that is there is taken at once, and one that is asked for waits', () => {
  assert.deepEqual(stateWith().judged().next(), { value: undefined, done: true })
  const refusal = { alert: 48, why: 'nobody knows the authority' }
  const refused = { alert: 48, code: 'certificate', message: refusal.why }
  assert.throws(
    () =>
      stateWith({ verify: () => refusal })
        .judged()
        .next(),
    refused,
  )
  for (const [verdict, after] of [
    [undefined, 'done'],
    [refusal, 'refused'],
  ] as const) {
    const state = stateWith({ verify: () => 'asked' })
    const steps = state.judged()
    assert.equal(steps.next().done, false)
    assert.equal(state.waiting, true)
    state.verdict = verdict
    const go = () => steps.next({ type: handshakeType.verdict, bytes: Buffer.alloc(0) })
    if (after === 'done') assert.equal(go().done, true)
    else assert.throws(go, refused)
  }
})

test('nobody goes on without a chain, nor without the verdict that was asked for', () => {
  const bare = stateWith()
  bare.agreed.chain = undefined
  assert.throws(() => bare.judged().next(), { alert: 80 })
  const steps = stateWith({ verify: () => 'asked' }).judged()
  steps.next()
  assert.throws(() => steps.next(keyUpdate), { alert: 80 })
})

test('the last word is an alert, behind a change_cipher_spec in the handshake of TLS 1.3', () => {
  const error = new TlsError(47, 'compression')
  const state = stateWith()
  assert.equal(state.farewell(error, true).toString('hex'), '1503030002022f')
  state.agreed.version = 0x0304
  assert.equal(state.farewell(error, false).toString('hex'), '1503030002022f')
  assert.equal(state.farewell(error, true).toString('hex'), '1403030001011503030002022f')
})
