import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hmac } from '../../../src/wire/tls/prf.ts'
import { recordAlgorithm } from '../../../src/wire/tls/record-algorithm.ts'
import { RecordCipher } from '../../../src/wire/tls/record-cipher.ts'
import type { RawRecord } from '../../../src/wire/tls/record-reader.ts'
import { cipherSuiteFacts } from '../../../src/wire/tls/registry/cipher-suite-facts.ts'

const record = (fragment: Uint8Array | undefined, version: number, type = 23): RawRecord => ({
  direction: 'to-server',
  at: 0,
  offset: 0,
  type,
  version,
  length: fragment?.length ?? 99,
  ...(fragment && { fragment }),
})
const algorithm = (suite: number, version: number) => recordAlgorithm(cipherSuiteFacts(suite)!, version)
const tls10 = 0x0301
const tls12 = 0x0303
const tls13 = 0x0304

/** An independent sender of MAC-then-encrypt CBC records (RFC 5246 6.2.3.2). */
function cbcSender(cipher: string, mac: string, keys: { key: Buffer; macKey: Buffer; iv: Buffer }, version: number) {
  let sequence = 0
  let chained = keys.iv
  return (content: Buffer, padding?: number, wrong = 0): Buffer => {
    const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, sequence++, 23, 3, version & 255, 0, content.length])
    const body = Buffer.concat([content, hmac(mac, keys.macKey, header, content)])
    const block = keys.iv.length
    const pad = padding ?? block - 1 - (body.length % block)
    const padded = Buffer.concat([body, Buffer.alloc(pad + 1, pad)])
    if (wrong) padded[padded.length - 2]! ^= wrong
    const iv = version > tls10 ? randomBytes(block) : chained
    const encrypt = createCipheriv(cipher, keys.key, iv).setAutoPadding(false)
    const sealed = Buffer.concat([encrypt.update(padded), encrypt.final()])
    chained = sealed.subarray(-block)
    return version > tls10 ? Buffer.concat([iv, sealed]) : sealed
  }
}
const tripleDes = { key: randomBytes(24), macKey: randomBytes(20), iv: randomBytes(8) }

test('3DES in CBC opens under TLS 1.2 and, with chained IVs, under TLS 1.0', () => {
  for (const version of [tls12, tls10]) {
    const send = cbcSender('des-ede3-cbc', 'sha1', tripleDes, version)
    const cipher = new RecordCipher(version, algorithm(0x000a, version), tripleDes)
    for (const text of ['one', '', 'three'])
      assert.deepEqual(cipher.open(record(send(Buffer.from(text)), version)), { type: 23, content: Buffer.from(text) })
  }
})

test('TLS 1.0 needs the record before, and goes on with the one after', () => {
  const send = cbcSender('des-ede3-cbc', 'sha1', tripleDes, tls10)
  const cipher = new RecordCipher(tls10, algorithm(0x000a, tls10), tripleDes)
  send(Buffer.from('lost'))
  cipher.skip(record(undefined, tls10))
  const second = record(send(Buffer.from('closed')), tls10)
  assert.match(cipher.open(second) as string, /takes its IV from there/)
  cipher.skip(second)
  assert.deepEqual(cipher.open(record(send(Buffer.from('open')), tls10)), { type: 23, content: Buffer.from('open') })
})

test('every padding byte counts, and long padding is allowed', () => {
  const send = cbcSender('des-ede3-cbc', 'sha1', tripleDes, tls12)
  const cipher = new RecordCipher(tls12, algorithm(0x000a, tls12), tripleDes)
  assert.equal(typeof cipher.open(record(send(Buffer.from('long'), 255 - 24 + 0), tls12)), 'object')
  assert.equal(cipher.open(record(send(Buffer.from('bad!'), 7 + 8, 1), tls12)), 'its padding is wrong')
})

/** An independent sender of TLS 1.3 records (RFC 8446 5.2). */
function sealInner(key: Buffer, iv: Buffer, sequence: number, inner: Buffer): Buffer {
  const nonce = Buffer.from(iv)
  nonce[11]! ^= sequence
  const encrypt = createCipheriv('aes-128-gcm', key, nonce)
  encrypt.setAAD(Buffer.from([23, 3, 3, 0, inner.length + 16]))
  return Buffer.concat([encrypt.update(inner), encrypt.final(), encrypt.getAuthTag()])
}
const gcm = { key: randomBytes(16), iv: randomBytes(12) }
const gcmCipher = () => new RecordCipher(tls13, algorithm(0x1301, tls13), gcm)

test('TLS 1.3 padding is taken off, and the type inside is told', () => {
  const cipher = gcmCipher()
  const padded = sealInner(gcm.key, gcm.iv, 0, Buffer.from([1, 0, 21, 0, 0, 0]))
  assert.deepEqual(cipher.open(record(padded, tls12)), { type: 21, content: Buffer.from([1, 0]) })
  const empty = sealInner(gcm.key, gcm.iv, 1, Buffer.from([0, 0]))
  assert.equal(cipher.open(record(empty, tls12)), 'there is nothing but padding inside')
})

test('a skipped record takes a sequence number, one that failed to open does not', () => {
  const cipher = gcmCipher()
  const second = record(sealInner(gcm.key, gcm.iv, 1, Buffer.from([7, 23])), tls12)
  assert.equal(cipher.open(second), 'its authentication tag does not match')
  cipher.skip(record(undefined, tls12))
  assert.deepEqual(cipher.open(second), { type: 23, content: Buffer.from([7]) })
})

test('records that are too short are told, not thrown', () => {
  const short = new Uint8Array(3)
  assert.match(gcmCipher().open(record(short, tls12)) as string, /too short/)
  const salted = new RecordCipher(tls12, algorithm(0xc02f, tls12), { key: gcm.key, iv: gcm.iv.subarray(0, 4) })
  assert.match(salted.open(record(new Uint8Array(23), tls12)) as string, /too short for its nonce and tag/)
  const cbc = new RecordCipher(tls12, algorithm(0x000a, tls12), tripleDes)
  assert.match(cbc.open(record(new Uint8Array(13), tls12)) as string, /not whole blocks of 8/)
  assert.match(cbc.open(record(new Uint8Array(0), tls12)) as string, /not whole blocks/)
  const withMac = new RecordCipher(tls12, algorithm(0x000a, tls12), tripleDes, true)
  assert.match(withMac.open(record(new Uint8Array(13), tls12)) as string, /too short for its MAC/)
})

test('what this runtime does not offer is named', () => {
  assert.equal(RecordCipher.unsupported(algorithm(0x0007, tls12)), 'this runtime does not offer idea-cbc')
  assert.equal(RecordCipher.unsupported(algorithm(0x0005, tls12)), undefined)
  assert.equal(RecordCipher.unsupported(algorithm(0x1301, tls13)), undefined)
})

test('keys of the wrong length are a sentence too', () => {
  const cipher = new RecordCipher(tls13, algorithm(0x1301, tls13), { key: new Uint8Array(3), iv: gcm.iv })
  assert.equal(typeof cipher.open(record(new Uint8Array(40), tls12)), 'string')
})

const rc4 = {
  key: Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex'),
  iv: Buffer.alloc(0),
  macKey: randomBytes(20),
}

/** An independent sender of RC4 records (RFC 5246 6.2.3.1), by a plain reading of the cipher. */
function rc4Sender() {
  const state = Array.from({ length: 256 }, (_, i) => i)
  const swap = (a: number, b: number): void => {
    ;[state[a], state[b]] = [state[b]!, state[a]!]
  }
  let [i, j, sequence] = [0, 0, 0]
  for (; i < 256; i++) {
    j = (j + state[i]! + rc4.key[i % 16]!) % 256
    swap(i, j)
  }
  i = 0
  j = 0
  return (content: Buffer): Buffer => {
    const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, sequence++, 23, 3, 3, 0, content.length])
    return Buffer.concat([content, hmac('sha1', rc4.macKey, header, content)]).map(byte => {
      i = (i + 1) % 256
      j = (j + state[i]!) % 256
      swap(i, j)
      return byte ^ state[(state[i]! + state[j]!) % 256]!
    }) as Buffer
  }
}

test('RC4 opens, and goes on behind records that were not kept or stay closed', () => {
  const send = rc4Sender()
  const cipher = new RecordCipher(tls12, algorithm(0x0005, tls12), rc4)
  const open = (fragment: Buffer) => cipher.open(record(fragment, tls12))
  assert.deepEqual(open(send(Buffer.from('one'))), { type: 23, content: new Uint8Array(Buffer.from('one')) })
  cipher.skip({ ...record(undefined, tls12), length: send(Buffer.from('not kept')).length })
  const wrong = send(Buffer.from('wrong'))
  wrong[0]! ^= 1
  assert.equal(open(wrong), 'its MAC does not match')
  cipher.skip(record(wrong, tls12))
  assert.deepEqual(open(send(Buffer.from('last'))), { type: 23, content: new Uint8Array(Buffer.from('last')) })
})

test('a record behind a hole opens when as many are passed over as are missing', () => {
  const cipher = gcmCipher()
  const sealed = (sequence: number) => record(sealInner(gcm.key, gcm.iv, sequence, Buffer.from('hi\x17')), tls12)
  assert.deepEqual(cipher.openBehind(sealed(5), 10), { type: 23, content: Buffer.from('hi'), skipped: 5 })
  assert.equal(cipher.openBehind(sealed(20), 10), 'its authentication tag does not match')
  assert.deepEqual(cipher.open(sealed(6)), { type: 23, content: Buffer.from('hi') })
})

test('how much content is in a record that stays closed is known of AEAD and stream ciphers', () => {
  const closed = record(undefined, tls12)
  const lengthOf = (suite: number, version: number, iv: number) =>
    new RecordCipher(version, algorithm(suite, version), { key: gcm.key, iv: Buffer.alloc(iv) }).contentLength(closed)
  assert.deepEqual([lengthOf(0x1301, tls13, 12), lengthOf(0xc02f, tls12, 4), lengthOf(0xcca8, tls12, 12)], [82, 75, 83])
  assert.deepEqual([lengthOf(0x0005, tls12, 0), lengthOf(0x002f, tls12, 16)], [79, 62])
})
