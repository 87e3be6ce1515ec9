import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnsupportedError } from '../../../../../src/wire/tls/client/tls-client.ts'
import { u8 } from '../offer.ts'
import { blockLength, type CbcProtection, type Edit, macLength } from './cbc.ts'
import { type Encounter, encounter, refuses } from './encounter.ts'
import { record } from './protection.ts'
import { cbcSuite, Server12 } from './server12.ts'

const offer = { suites: [cbcSuite], groups: [23], versions: [0x0303] }
const zeros = (length: number): Buffer => Buffer.alloc(length)
const last =
  (change: number) =>
  (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes)
    copy[copy.length - 1]! ^= change
    return copy
  }
const first = (bytes: Buffer): Buffer => Buffer.concat([u8(bytes[0]! ^ 1), bytes.subarray(1)])

/** Whatever is wrong, the server must not learn what (Vaudenay's oracle): one alert for all. */
const badRecordMac = 20
const edits: readonly (readonly [string, Edit])[] = [
  ['a wrong MAC', { mac: first }],
  ['a MAC of zeros', { mac: () => zeros(macLength) }],
  ['wrong padding', { padding: first }],
  ['wrong padding and MAC', { padding: first, mac: first }],
  ['padding one too long for its bytes', { padding: last(1) }],
  ['padding longer than the record', { padding: bytes => bytes.fill(255) }],
  ['padding that leaves no room for the MAC', { padding: bytes => bytes.fill(40) }],
  ['a changed IV', { blocks: first }],
  ['a changed last block', { blocks: last(1) }],
  ['a block too few', { blocks: bytes => bytes.subarray(0, -blockLength) }],
  ['half a block', { blocks: bytes => bytes.subarray(0, -8) }],
  ['its IV alone', { blocks: bytes => bytes.subarray(0, blockLength) }],
  ['no blocks', { blocks: () => zeros(0) }],
  ['a byte', { blocks: () => zeros(1) }],
]

for (const encryptThenMac of [true, false]) {
  const name = encryptThenMac ? 'encrypt-then-MAC' : 'MAC-then-encrypt'
  const always: Encounter = { offer, client: { allowMacThenEncrypt: !encryptThenMac } }
  const make = (): Server12 => {
    const server = new Server12(cbcSuite)
    server.encryptThenMac = encryptThenMac
    return server
  }
  const writing = (server: Server12): CbcProtection => server.protection as CbcProtection
  const content = Buffer.from('a record that is longer than a block')

  test(`CBC with ${name}: data of any length`, () => {
    const server = make()
    const act = (s: Server12): void => {
      s.handshake()
      for (let n = 0; n < 70; n++) s.send(23, Buffer.alloc(n, n))
      s.raw(writing(s).odd(23, content, { padding: bytes => Buffer.alloc(bytes.length + 224, bytes.length + 223) }))
    }
    const { error, data, client } = encounter(server, act, always)
    assert.deepEqual([error, server.clientFinished], [undefined, true])
    assert.equal(data.length, (69 * 70) / 2 + content.length)
    client.write(content)
    assert.deepEqual(server.heard.at(-1)?.content, content)
  })

  refuses(
    make,
    always,
    edits.map(([what, edit]) => [
      `CBC with ${name}: a record with ${what}`,
      badRecordMac,
      s => {
        s.handshake()
        s.raw(writing(s).odd(23, content, edit))
      },
    ]),
    true,
  )
}

refuses(
  () => new Server12(cbcSuite),
  { offer },
  [
    [
      'CBC: a record as one of another type',
      20,
      s => {
        s.handshake()
        const once = s.sealed(23, u8(1))
        once[0] = 22
        s.raw(once)
      },
    ],
    ['CBC: a record in clear', 20, s => [s.handshake(), s.raw(record(23, zeros(64)))]],
  ],
  true,
)

test('CBC without encrypt_then_mac is not spoken unless it is allowed', () => {
  const server = new Server12(cbcSuite)
  server.encryptThenMac = false
  const { error, secured } = encounter(server, s => s.flight(), { offer })
  assert.ok(error instanceof UnsupportedError)
  assert.equal(secured, false)
})
