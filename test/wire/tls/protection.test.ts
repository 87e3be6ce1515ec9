import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Protection } from '../../../src/wire/tls/protection.ts'
import type { RawRecord } from '../../../src/wire/tls/record-reader.ts'
import { clientHello, serverHello } from './hello-values.ts'

const record = (type: number, length: number, kept = true): RawRecord => ({
  direction: 'to-server',
  at: 0,
  offset: 0,
  type,
  version: 0x0303,
  length,
  ...(kept && { fragment: new Uint8Array(length) }),
})
const masterLine = `CLIENT_RANDOM ${'01'.repeat(32)} ${'0a'.repeat(48)}`

/** Why an encrypted record of a client stays closed after ChangeCipherSpec. */
function why(cipherSuite: number, version: number, keyLog: readonly string[] = [masterLine]): string | undefined {
  const protection = new Protection(keyLog)
  protection.clientHello(clientHello())
  protection.serverHello(serverHello({ cipherSuite }), version)
  protection.changeCipherSpec('to-server', false)
  return protection.open(record(22, 40)).closed
}

test('before the ServerHello records are in clear, and application data is not', () => {
  const protection = new Protection([])
  assert.deepEqual(protection.open(record(22, 2)), {
    encrypted: false,
    content: { type: 22, content: new Uint8Array(2) },
  })
  assert.equal(protection.open(record(23, 2)).closed, 'no ServerHello was seen')
})

test('each reason why there are no keys is told', () => {
  assert.equal(why(0xc02f, 0x0303, []), 'no CLIENT_RANDOM line for this client random in the key log')
  assert.equal(why(0x0007, 0x0303), 'this runtime does not offer idea-cbc')
  assert.equal(why(0x0003, 0x0301), 'the keys of export cipher suites are not derived')
  assert.equal(why(0xeeee, 0x0303), 'the record format of cipher suite 0xeeee is not known')
  assert.equal(why(0xc02f, 0x0303), 'its authentication tag does not match')
})

test('keys are derived for a cipher that cannot be run', () => {
  const protection = new Protection([masterLine])
  protection.clientHello(clientHello())
  protection.serverHello(serverHello({ cipherSuite: 0x0005 }), 0x0303)
  protection.changeCipherSpec('to-client', false)
  assert.deepEqual(protection.keys.map(key => key.name).slice(0, 3), [
    'master_secret',
    'key_block',
    'client_write_MAC_key',
  ])
})

test('a secret of TLS 1.3 that is not in the key log is named by its label', () => {
  const protection = new Protection([])
  protection.clientHello(clientHello())
  protection.serverHello(serverHello(), 0x0304)
  assert.match(protection.open(record(23, 40)).closed ?? '', /^no CLIENT_HANDSHAKE_TRAFFIC_SECRET/)
  protection.finished('to-server')
  assert.match(protection.open(record(23, 40)).closed ?? '', /^no CLIENT_TRAFFIC_SECRET_0/)
  assert.equal(protection.open(record(23, 40, false)).closed, 'only its header was kept')
})

test('in TLS 1.3 change_cipher_spec and a two-byte alert are in clear', () => {
  const protection = new Protection([])
  protection.clientHello(clientHello())
  protection.serverHello(serverHello(), 0x0304)
  assert.equal(protection.open(record(20, 1)).encrypted, false)
  assert.equal(protection.open(record(21, 2)).encrypted, false)
  protection.changeCipherSpec('to-server', false)
  assert.match(protection.open(record(23, 40)).closed ?? '', /CLIENT_HANDSHAKE_TRAFFIC_SECRET/)
})

test('early data without its key is told as early, and takes no sequence number', () => {
  const protection = new Protection([])
  protection.clientHello(clientHello({ earlyData: true }))
  const reading = protection.open(record(23, 40))
  assert.equal(reading.early, true)
  assert.match(reading.closed ?? '', /no CLIENT_EARLY_TRAFFIC_SECRET/)
})

test('after ChangeCipherSpec without a ServerHello records are encrypted, unless their shape says otherwise', () => {
  const protection = new Protection([])
  protection.clientHello(clientHello())
  protection.changeCipherSpec('to-server', false)
  assert.equal(protection.open(record(21, 26)).closed, 'no ServerHello was seen')
  assert.equal(protection.open(record(22, 40)).closed, 'no ServerHello was seen')
  assert.equal(protection.open(record(21, 2)).encrypted, false)
  const hello = { ...record(22, 8), fragment: Uint8Array.of(1, 0, 0, 4, 0, 0, 0, 0) } // behind a HelloRetryRequest
  assert.equal(protection.open(hello).encrypted, false)
})
