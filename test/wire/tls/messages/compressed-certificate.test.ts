import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, zstdCompressSync } from 'node:zlib'
import { fieldNamed, fromHex, shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody, tls13 } from './read-body.ts'

const plain = fromHex(`00 ${vectorHex(3, `${vectorHex(3, '3003020101'.repeat(40))} 0000`)}`)
const body = (algorithm: string, packed: Uint8Array, length = plain.length) =>
  `${algorithm} ${length.toString(16).padStart(6, '0')} ${vectorHex(3, Buffer.from(packed).toString('hex'))}`

for (const [name, algorithm, packed] of [
  ['zlib', '0001', deflateSync(plain)],
  ['brotli', '0002', brotliCompressSync(plain)],
  ['zstd', '0003', zstdCompressSync(plain)],
] as const)
  test(`a certificate in ${name} is unpacked`, () => {
    const read = readBody(25, body(algorithm, packed), tls13)
    assert.equal(read.malformed, undefined)
    assert.ok(read.value.name === 'compressed_certificate')
    assert.equal(read.value.certificate?.certificates[0]?.length, 200)
    assert.match(shownOf(read.fields, 'compressed_certificate_message')!, /decompressed$/)
  })

test('the fields inside have the range of the packed bytes', () => {
  const { fields } = readBody(25, body('0001', deflateSync(plain)), tls13)
  const shell = fieldNamed(fields, 'compressed_certificate_message')!
  const inside = fieldNamed(fields, 'cert_data')!
  assert.deepEqual([inside.start, inside.end], [shell.start, shell.end])
})

for (const [what, hex, sentence] of [
  [
    'a wrong length',
    body('0001', deflateSync(plain), plain.length + 1),
    /decompressed to \d+ bytes, uncompressed_length says \d+/,
  ],
  ['bytes that are not compressed', body('0002', fromHex('ffffffff')), /brotli cannot decompress/],
  ['an unknown algorithm', body('0009', plain), /compression algorithm 9 is not known/],
  ['a claim of 16 MB', body('0001', deflateSync(plain), 0xffffff), /too many/],
  ['a bomb of 2 MB', body('0001', deflateSync(new Uint8Array(2_000_000)), plain.length), /zlib cannot decompress/],
  [
    'a malformed certificate inside',
    body('0001', deflateSync(fromHex('00 000009')), 4),
    /certificate_list needs 9 bytes/,
  ],
] as const)
  test(`${what} is told, and the value has no certificate`, () => {
    const read = readBody(25, hex, tls13)
    assert.match(read.malformed!, sentence)
    assert.ok(read.value.name === 'compressed_certificate')
    assert.equal(read.value.certificate, undefined)
  })
