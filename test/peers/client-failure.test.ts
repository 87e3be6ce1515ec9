import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientFailure, clientError, within } from '../../src/peers/client-failure.ts'

const never = new Promise<never>(() => {})
const openssl = Object.assign(new Error('40C3:error:0A:...:rec_layer_s3.c:918'), {
  code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  reason: 'tlsv13 alert certificate required',
})

test('a TLS alert that arrives while HTTP is under way is a TLS failure', () => {
  const { stage, message } = clientError(openssl, 'http')
  assert.equal(stage, 'tls')
  assert.equal(message, 'tlsv13 alert certificate required')
})

test('what OpenSSL said is found under the error of http2', () => {
  const wrapped = Object.assign(new Error('stream', { cause: openssl }), { code: 'ERR_HTTP2_STREAM_ERROR' })
  assert.equal(clientError(wrapped, 'http').code, openssl.code)
})

test('other failures keep their stage, and something without a code is UNKNOWN', () => {
  assert.deepEqual(clientError(new ClientFailure('CLOSED', 'gone'), 'http'), {
    stage: 'http',
    code: 'CLOSED',
    message: 'gone',
  })
  assert.equal(clientError('odd', 'proxy').code, 'UNKNOWN')
})

test('a timeout and an abort end a wait that would not end', async () => {
  await assert.rejects(within(AbortSignal.abort(new DOMException('', 'TimeoutError')), never), { code: 'TIMEOUT' })
  const controller = new AbortController()
  const waiting = within(controller.signal, never)
  controller.abort()
  await assert.rejects(waiting, { code: 'ABORTED' })
})

test('a promise that settles first wins', async () => {
  const controller = new AbortController()
  assert.equal(await within(controller.signal, Promise.resolve(7)), 7)
  await assert.rejects(within(controller.signal, Promise.reject(new Error('mine'))), /mine/)
})
