import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { ClientRecords, splits } from '../../../../src/wire/tls/client/client-records.ts'
import { recordsPerKey } from '../../../../src/wire/tls/client/records/limits.ts'
import { Opener } from '../../../../src/wire/tls/client/records/opener.ts'
import { Sealer } from '../../../../src/wire/tls/client/records/sealer.ts'
import { recordAlgorithm } from '../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../src/wire/tls/registry/cipher-suite-facts.ts'

function sealing(
  version: number,
  suite: number,
): { readonly records: ClientRecords; readonly open: (all: Buffer) => Buffer[] } {
  const algorithm = recordAlgorithm(cipherSuiteFacts(suite)!, version)
  const keys = {
    key: randomBytes(algorithm.keyLength),
    iv: randomBytes(algorithm.ivLength),
    macKey: randomBytes(algorithm.macLength),
  }
  const records = new ClientRecords(false)
  records.version = version
  records.sealer = new Sealer(version, algorithm, keys)
  records.split = splits(version, algorithm.kind)
  const opener = new Opener(version, algorithm, keys)
  const open = (all: Buffer): Buffer[] => {
    const found: Buffer[] = []
    for (let at = 0; at < all.length; ) {
      const end = at + 5 + all.readUInt16BE(at + 3)
      found.push(Buffer.from(opener.open(all.subarray(at, end)).content))
      at = end
    }
    return found
  }
  return { records, open }
}

test('data is cut to what a record may hold', () => {
  const { records, open } = sealing(0x0304, 0x1301)
  const data = randomBytes(40_000)
  const found = open(records.sealed(23, data))
  assert.deepEqual(
    found.map(({ length }) => length),
    [16_384, 16_384, 7232],
  )
  assert.deepEqual(Buffer.concat(found), data)
  records.largest = 512
  assert.deepEqual(
    open(records.sealed(22, data.subarray(0, 1024))).map(({ length }) => length),
    [512, 512],
  )
  assert.deepEqual(open(records.sealed(23, Buffer.alloc(0))), [Buffer.alloc(0)])
})

test('TLS 1.0 with CBC sends one byte of data first, so that the next IV is not known before', () => {
  const { records, open } = sealing(0x0301, 0xc013)
  assert.deepEqual(open(records.sealed(23, Buffer.from('hello'))).map(String), ['h', 'ello'])
  assert.deepEqual(open(records.sealed(22, Buffer.from('hello'))).map(String), ['hello'])
  assert.deepEqual(open(records.sealed(23, Buffer.from('x'))).map(String), ['x'])
  const large = open(records.sealed(23, Buffer.alloc(16_386)))
  assert.deepEqual(
    large.map(({ length }) => length),
    [1, 16_384, 1],
  )
  assert.equal(splits(0x0302, 'cbc'), false)
})

test('records go in clear before there are keys, as TLS 1.2 at most', () => {
  const records = new ClientRecords(true)
  assert.deepEqual(records.sealed(21, Buffer.of(2, 40)), Buffer.from('1503030002 0228'.replace(' ', ''), 'hex'))
  records.version = 0x0301
  assert.deepEqual(records.sealed(21, Buffer.of(2, 40)), Buffer.from('15030100020228', 'hex'))
})

test('the change_cipher_spec for middleboxes is said once, and only if the hello asks for it', () => {
  const asked = new ClientRecords(true)
  assert.equal(asked.compat().toString('hex'), '140303000101')
  assert.equal(asked.compat().length, 0)
  assert.equal(new ClientRecords(false).compat().length, 0)
})

test('a key of TLS 1.3 is exhausted after 2^24 records', () => {
  const { records } = sealing(0x0304, 0x1301)
  const sealer = { sealed: recordsPerKey, overhead: 85 }
  records.sealer = sealer as never
  assert.equal(records.exhausted, false)
  sealer.sealed++
  assert.equal(records.exhausted, true)
  records.version = 0x0303
  assert.equal(records.exhausted, false)
})
