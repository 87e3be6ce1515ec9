import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterWhat, certificateSent, fatalAlertOf, messageBefore } from '../../src/problem/last-words.ts'
import { alertOf, certificateOf, helloOf, makeHandshake, makeHello, openedAt } from '../compare/make.ts'

const hello = helloOf(makeHello())

test('the first fatal alert is the one that counts', () => {
  const handshake = makeHandshake([hello, alertOf('to-client', 40), alertOf('to-server', 80)], { outcome: 'failed' })
  const found = fatalAlertOf('upstream', handshake)
  assert.deepEqual([found?.alert.description, found?.from, found?.index], [40, 'server', 1])
})

test('a warning counts only where nothing fatal came', () => {
  const warned = [hello, alertOf('to-client', 112, 1)]
  const failed = { outcome: 'failed' } as const
  const found = fatalAlertOf('upstream', makeHandshake([...warned, alertOf('to-client', 40)], failed))
  assert.deepEqual([found?.alert.description, found?.index], [40, 2])
  assert.equal(fatalAlertOf('upstream', makeHandshake(warned, failed))?.alert.description, 112)
})

test('warnings of a handshake that went well do not count', () => {
  assert.equal(fatalAlertOf('client', makeHandshake([hello, alertOf('to-server', 100, 1)])), undefined)
  assert.equal(
    fatalAlertOf('client', makeHandshake([hello, alertOf('to-server', 0, 1), alertOf('to-client', 90, 1)])),
    undefined,
  )
})

test('alerts and change_cipher_spec are not what something came after', () => {
  const handshake = makeHandshake([hello, ['to-client', { name: 'change_cipher_spec' }], alertOf('to-client', 40)])
  assert.equal(messageBefore(handshake, 2)?.name, 'client_hello')
  assert.equal(afterWhat('client', handshake, 2, openedAt + 13), '12.0 ms after the client’s ClientHello')
  assert.equal(afterWhat('client', handshake, 0, openedAt), 'before any message')
})

test('an end that came before a message is not said to follow it', () => {
  const handshake = makeHandshake([hello], { outcome: 'pending' })
  assert.equal(afterWhat('upstream', handshake, 1, openedAt - 23.3), '24.3 ms before any TLS message')
  const later = makeHandshake([hello, ['to-client', { name: 'server_hello_done' }, 50]], { outcome: 'pending' })
  assert.equal(afterWhat('upstream', later, 2, openedAt + 20), '19.0 ms after Parley’s ClientHello')
})

test('a certificate counts in its own direction', () => {
  const handshake = makeHandshake([hello, certificateOf('to-client')])
  assert.deepEqual([certificateSent(handshake, 'to-client'), certificateSent(handshake, 'to-server')], [true, false])
})
