import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CheckContext, checksOf } from '../../../../src/wire/tls/checks/message-checks.ts'
import { Transcript } from '../../../../src/wire/tls/transcript.ts'
import type { ClientHello, MessageValue } from '../../../../src/wire/tls/values.ts'

const context: CheckContext = {
  direction: 'to-client',
  at: 0,
  tls13: true,
  over: false,
  transcript: new Transcript(),
  incomplete: false,
  tooMany: false,
  prfHash: 'sha256',
  clientRandom: undefined,
  serverRandom: undefined,
  certificates: [],
  finishedKey: new Uint8Array(32),
  message: new Uint8Array(200),
  binderKey: () => undefined,
  mayVerifyStapled: () => true,
  master: undefined,
  missing: 'no keys',
}
const finished: MessageValue = { name: 'finished', verifyData: new Uint8Array(32) }

test('a wrong Finished fails only where all messages before it are known', () => {
  assert.equal(checksOf(finished, context)[0]?.passed, false)
  assert.equal(checksOf(finished, { ...context, incomplete: true })[0]?.passed, undefined)
  assert.match(checksOf(finished, { ...context, over: true })[0]?.detail ?? '', /post-handshake authentication/)
  assert.match(checksOf(finished, { ...context, tooMany: true })[0]?.detail ?? '', /no handshake has so many/)
  assert.match(checksOf(finished, { ...context, prfHash: undefined })[0]?.detail ?? '', /no keys/)
})

test('each binder has a check, which stays open where the key of its ticket is not known', () => {
  const psk = { identities: [new Uint8Array(1), new Uint8Array(1)], binders: [new Uint8Array(32), new Uint8Array(48)] }
  const checks = checksOf({ name: 'client_hello', hello: { psk } as unknown as ClientHello }, context)
  assert.deepEqual(
    checks.map(({ name, passed }) => [name, passed]),
    [
      ['binder 0', undefined],
      ['binder 1', undefined],
    ],
  )
})

test('each stapled response has a check, as long as there are not too many', () => {
  const certificate = { certificates: [new Uint8Array(1)], ocspResponse: new Uint8Array(1) }
  const status: MessageValue = { name: 'certificate_status', responses: [new Uint8Array(1), new Uint8Array(1)] }
  const messages: MessageValue[] = [
    { name: 'certificate', certificate },
    { name: 'compressed_certificate', algorithm: 2, certificate },
    status,
  ]
  const counts = messages.map(message => checksOf(message, context).map(({ name, passed }) => [name, passed]))
  const open = ['OCSP signature', undefined]
  assert.deepEqual(counts, [[open], [open], [open, open]])
  assert.deepEqual(checksOf({ name: 'certificate', certificate: { certificates: [] } }, context), [])
  assert.match(checksOf(status, { ...context, mayVerifyStapled: () => false })[0]!.detail, /too many/)
})

test('an anonymous key exchange has no signature to check', () => {
  assert.deepEqual(checksOf({ name: 'server_key_exchange', exchange: { kind: 'ecdhe' } }, context), [])
  const exchange = { kind: 'ecdhe', signature: new Uint8Array(1), signedParameters: new Uint8Array(1) } as const
  assert.match(checksOf({ name: 'server_key_exchange', exchange }, context)[0]?.detail ?? '', /a hello is missing/)
})
