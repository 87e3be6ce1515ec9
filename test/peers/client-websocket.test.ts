import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { chatThrough } from '../../src/peers/client-websocket.ts'
import { startOrigins } from '../../src/peers/origins.ts'
import { startRelay } from './connect-relay.ts'

const origins = await startOrigins()
const relay = await startRelay()
after(async () => {
  await relay.close()
  await origins.close()
})
const ca = origins.caPem
const url = new URL(origins.named('websocket').url)
const messages = ['one', 'two: é', 'x'.repeat(500)]

test('every message comes back in order, and the server agrees to close', async () => {
  for (const way of [{ addresses: origins.addresses }, { proxy: relay.proxy }]) {
    const chat = await chatThrough({ ...way, ca, url, messages })
    assert.equal(chat.error, undefined)
    assert.equal(chat.status, 101)
    assert.deepEqual(chat.received, messages)
    assert.equal(chat.closeCode, 1000)
  }
})

test('it works without TLS', async () => {
  const plain = new URL(origins.named('plain').url)
  const { received, tls } = await chatThrough({ addresses: origins.addresses, url: plain, messages })
  assert.deepEqual(received, messages)
  assert.equal(tls, undefined)
})

test('a server that does not upgrade is an error with its status', async () => {
  const chat = await chatThrough({ proxy: relay.proxy, url: new URL(origins.named('plain').url), messages })
  assert.equal(chat.error?.code, 'UPGRADE_REFUSED')
  assert.equal(chat.status, 200)
  assert.deepEqual(chat.received, [])
})

test('a server that refuses TLS is an error of TLS', async () => {
  const refusing = new URL(origins.named('alert').url)
  const { error } = await chatThrough({ addresses: origins.addresses, ca, url: refusing, messages })
  assert.equal(error?.stage, 'tls')
})
