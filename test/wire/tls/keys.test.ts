import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../../src/wire/reader.ts'
import {
  binderKeys,
  connectionKeys,
  describeMaster,
  masterSecret,
  nextSecret,
  trafficKeys,
} from '../../../src/wire/tls/keys.ts'
import { recordAlgorithm } from '../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../src/wire/tls/registry/cipher-suite-facts.ts'

const algorithm = (suite: number, version: number) => recordAlgorithm(cipherSuiteFacts(suite)!, version)
const randoms = { client: Buffer.alloc(32, 1), server: Buffer.alloc(32, 2) }
const master = Buffer.alloc(48, 3)

test('the key block is cut in the order of RFC 5246 6.3, without gaps', () => {
  const { derived } = connectionKeys(0x0301, algorithm(0xc014, 0x0301), master, randoms)
  assert.deepEqual(
    derived.map(key => [key.name, key.value.length, key.formula.replace(/.*\[/, '[')]),
    [
      ['key_block', 136, '[0..135]'],
      ['client_write_MAC_key', 20, '[0..19]'],
      ['server_write_MAC_key', 20, '[20..39]'],
      ['client_write_key', 32, '[40..71]'],
      ['server_write_key', 32, '[72..103]'],
      ['client_write_IV', 16, '[104..119]'],
      ['server_write_IV', 16, '[120..135]'],
    ],
  )
  assert.equal(hex(Buffer.concat(derived.slice(1).map(key => key.value))), hex(derived[0]!.value))
  assert.equal(derived[0]?.source, 'RFC 2246 6.3')
})

test('TLS 1.1 and later derive no IV for CBC, and an AEAD has no MAC key', () => {
  const cbc = connectionKeys(0x0303, algorithm(0xc014, 0x0303), master, randoms).derived
  assert.ok(!cbc.some(key => key.name.includes('IV')))
  const aead = connectionKeys(0x0303, algorithm(0xc02f, 0x0303), master, randoms).derived
  assert.deepEqual(
    aead.map(key => [key.name, key.value.length]),
    [
      ['key_block', 40],
      ['client_write_key', 16],
      ['server_write_key', 16],
      ['client_write_IV', 4],
      ['server_write_IV', 4],
    ],
  )
})

test('the extended master secret hangs on the session hash, not on the randoms', () => {
  const preMaster = Buffer.alloc(48, 9)
  const hash = Buffer.alloc(32, 4)
  const swapped = { client: randoms.server, server: randoms.client }
  assert.deepEqual(masterSecret('sha256', preMaster, randoms, hash), masterSecret('sha256', preMaster, swapped, hash))
  assert.notDeepEqual(
    masterSecret('sha256', preMaster, randoms, undefined),
    masterSecret('sha256', preMaster, swapped, undefined),
  )
  assert.equal(describeMaster(master, 0x0303, true, false).source, 'RFC 7627 4')
  assert.equal(describeMaster(master, 0x0302, false, false).source, 'RFC 4346 8.1')
})

// RFC 8448 3
const serverHandshake = Buffer.from('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38', 'hex')

test('a handshake traffic secret gives the key, IV and finished key of RFC 8448, with their formulas', () => {
  const { derived } = trafficKeys('server_handshake_traffic_secret', serverHandshake, algorithm(0x1301, 0x0304))
  assert.deepEqual(
    derived.map(({ name, value, formula }) => [name, hex(value).slice(0, 8), formula]),
    [
      ['server_handshake_write_key', '3fce5160', 'HKDF-Expand-Label(server_handshake_traffic_secret, "key", "", 16)'],
      ['server_handshake_write_iv', '5d313eb2', 'HKDF-Expand-Label(server_handshake_traffic_secret, "iv", "", 12)'],
      [
        'server_handshake_finished_key',
        '008d3b66',
        'HKDF-Expand-Label(server_handshake_traffic_secret, "finished", "", 32)',
      ],
    ],
  )
})

test('application secrets have no finished key, and their generation goes into the names', () => {
  const suite = algorithm(0x1301, 0x0304)
  const first = nextSecret('client_application_traffic_secret_0', serverHandshake, suite)
  const second = nextSecret(first.name, first.value, suite)
  assert.equal(second.name, 'client_application_traffic_secret_2')
  assert.equal(second.formula, 'HKDF-Expand-Label(client_application_traffic_secret_1, "traffic upd", "", 32)')
  assert.deepEqual(
    trafficKeys(second.name, second.value, suite).derived.map(key => key.name),
    ['client_application_write_key_2', 'client_application_write_iv_2'],
  )
})

test('the keys of a binder are those of RFC 8448 4', () => {
  const psk = Buffer.from('4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3', 'hex')
  const keys = binderKeys(psk, 'sha256').map(({ name, value }) => [name, hex(value)])
  assert.deepEqual(keys.slice(1), [
    ['early_secret', '9b2188e9b2fc6d64d71dc329900e20bb41915000f678aa839cbb797cb7d8332c'],
    ['binder_key', '69fe131a3bbad5d63c64eebcc30e395b9d8107726a13d074e389dbc8a4e47256'],
    ['binder_finished_key', '5588673e72cb59c87d220caffe94f2dea9a3b1609f7d50e90a48227db9ed7eaa'],
  ])
})
