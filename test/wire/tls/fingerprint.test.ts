import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { calculateJa3, calculateJa4, readTlsClientHello } from 'read-tls-client-hello'
import { ja3, ja4 } from '../../../src/wire/tls/fingerprint.ts'
import { readClientHello } from '../../../src/wire/tls/read-message.ts'
import type { ClientHello, Extension } from '../../../src/wire/tls/values.ts'
import { clientHellos } from './tls-fixtures.ts'

const asRecord = (hello: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([22, 3, 1, hello.length >> 8, hello.length & 0xff]), hello])

for (const [name, bytes] of clientHellos)
  test(`${name}: JA3 and JA4 are those that read-tls-client-hello computes`, async () => {
    const theirs = await readTlsClientHello(Readable.from([asRecord(bytes)], { objectMode: false }))
    const hello = readClientHello(bytes)
    assert.equal(ja3(hello).hash, calculateJa3(theirs))
    assert.equal(ja4(hello).hash, calculateJa4(theirs))
  })

const extension = (type: number): Extension => ({ type, data: new Uint8Array(), start: 0 })
const bare: ClientHello = {
  legacyVersion: 0x0303,
  random: new Uint8Array(32),
  sessionId: new Uint8Array(),
  cipherSuites: [],
  compressionMethods: [0],
  extensions: [],
  earlyData: false,
  statusRequest: false,
}

// technical_details/JA4.md of FoxIO has this hello as its example.
const example: ClientHello = {
  ...bare,
  cipherSuites: [
    0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c, 0x9d, 0x2f,
    0x35,
  ],
  extensions: [
    0x2a2a, 0x1b, 0x00, 0x33, 0x10, 0x4469, 0x17, 0x2d, 0x0d, 0x05, 0x23, 0x12, 0x2b, 0xff01, 0x0b, 0x0a, 0x15,
  ].map(extension),
  supportedVersions: [0x3a3a, 0x0304, 0x0303],
  alpn: ['h2', 'http/1.1'],
  signatureAlgorithms: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
}

test('the example of the JA4 specification has its fingerprint', () => {
  assert.equal(ja4(example).hash, 't13d1516h2_8daaf6152771_e5627efa2ab1')
  assert.equal(
    ja4(example).raw,
    't13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601',
  )
})

test('without signature algorithms the list of extensions ends without an underscore', () => {
  const { signatureAlgorithms: _, ...without } = example
  assert.equal(ja4(without).hash, 't13d1516h2_8daaf6152771_6d807ffa2a79')
})

test('a hello of nothing hashes to zeros', () => {
  assert.deepEqual(ja4(bare), { raw: 't12i000000__', hash: 't12i000000_000000000000_000000000000' })
  assert.equal(ja3(bare).raw, '771,,,,')
})

test('only a name and ALPN: both are counted, neither is hashed', () => {
  assert.equal(ja4({ ...bare, extensions: [extension(0), extension(16)] }).hash, 't12d000200_000000000000_000000000000')
})

test('more than 99 suites are counted as 99', () => {
  const cipherSuites = Array.from({ length: 120 }, (_, i) => i)
  assert.equal(ja4({ ...bare, cipherSuites }).hash.slice(0, 10), 't12i990000')
})

for (const [bytes, code] of [
  ['\xab', 'ab'],
  ['\xab\xcd', 'ad'],
  ['0\xab', '3b'],
  ['01\xab\xcd', '3d'],
  ['0\xab\xcd1', '01'],
  ['a', 'aa'],
  ['', '00'],
  ['http/1.1', 'h1'],
] as const)
  test(`an ALPN of ${JSON.stringify(bytes)} is ${code}`, () => {
    assert.equal(ja4({ ...bare, alpn: [bytes] }).hash.slice(8, 10), code)
  })

for (const [version, code] of [
  [0x0300, 's3'],
  [0x0301, '10'],
  [0x0302, '11'],
  [0x7f1c, '00'],
] as const)
  test(`version ${version.toString(16)} is ${code}`, () => {
    assert.equal(ja4({ ...bare, legacyVersion: version }).hash.slice(1, 3), code)
  })

const tshark = spawnSync('tshark', ['--version']).status === 0

test('tshark computes the same JA3 and JA4', { skip: !tshark && 'tshark is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-ja-'))
  try {
    const file = join(folder, 'hellos.pcap')
    writeFileSync(file, pcap(clientHellos.map(([, bytes]) => asRecord(bytes))))
    const told = (...fields: string[]) => {
      const wanted = fields.flatMap(field => ['-e', `tls.handshake.${field}`])
      const args = ['-r', file, '-T', 'fields', ...wanted, '-d', 'tcp.port==443,tls']
      return spawnSync('tshark', args, { encoding: 'utf8' })
    }
    const both = told('ja3', 'ja4')
    const hasJa4 = both.status === 0 // tshark 4.0 knows no such field, and says so
    const { stdout } = hasJa4 ? both : told('ja3')
    const expected = clientHellos.map(([, bytes]) => {
      const hello = readClientHello(bytes)
      return [ja3(hello).hash, ...(hasJa4 ? [ja4(hello).hash] : [])].join('\t')
    })
    assert.deepEqual(stdout.trim().split('\n'), expected)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Each payload as one TCP segment to port 443, of raw IPv4: link type 101. */
function pcap(payloads: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(65_535, 16)
  header.writeUInt32LE(101, 20)
  return Buffer.concat([header, ...payloads.map(segment)])
}

function segment(payload: Buffer, index: number): Buffer {
  const packet = Buffer.alloc(40)
  packet[0] = 0x45
  packet.writeUInt16BE(40 + payload.length, 2)
  packet.set([64, 6], 8)
  packet.set([127, 0, 0, 1, 127, 0, 0, 1], 12)
  packet.writeUInt16BE(10_000 + index, 20)
  packet.writeUInt16BE(443, 22)
  packet.set([0x50, 0x18, 0xff, 0xff], 32)
  const record = Buffer.alloc(16)
  record.writeUInt32LE(packet.length + payload.length, 8)
  record.writeUInt32LE(packet.length + payload.length, 12)
  return Buffer.concat([record, packet, payload])
}
