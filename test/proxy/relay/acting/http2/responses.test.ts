import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, claimResponse, get, ok, talking } from './peers.ts'

test('the answer to HEAD keeps its length, and gets no body', () => {
  const at = talking({
    response: () =>
      claimResponse(({ head }) => ({ type: 'change', acts: [], head: { ...head, status: 203 }, body: ascii('x') })),
  })
  at.fromClient(at.client.preface, at.client.headers(1, [[':method', 'HEAD'], ...get('/').slice(1)], true))
  at.fromServer(at.server.headers(1, [...ok, ['content-length', '9']], true))
  assert.deepEqual(at.atClient(), ['HEADERS 1 END :status=203 content-length=9'])
})

test('a changed head leaves frames and padding of the body as they came', () => {
  const at = talking({ response: () => claimResponse(({ head }) => ({ type: 'change', acts: [], head })) })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  const data = Buffer.from('000008000800000001' + '03' + '68656c6c' + '000000', 'hex')
  at.fromServer(at.server.headers(1, ok), data, at.server.data(1, '', true))
  assert.ok(at.bytes('to-client').includes(data))
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-request', 'server-response'],
  )
  assert.deepEqual(at.own, [])
})
