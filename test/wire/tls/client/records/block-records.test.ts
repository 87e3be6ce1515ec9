import assert from 'node:assert/strict'
import { createDecipheriv, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { BlockRecords } from '../../../../../src/wire/tls/client/records/block-records.ts'
import { hmac } from '../../../../../src/wire/tls/prf.ts'
import { recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'

const algorithm = (version: number) => recordAlgorithm(cipherSuiteFacts(0xc013)!, version) // AES-128-CBC, SHA-1
const keys = { key: randomBytes(16), iv: randomBytes(16), macKey: randomBytes(20) }
const content = Buffer.from('content')

function decrypted(blocks: Uint8Array, iv: Uint8Array): string {
  const cipher = createDecipheriv('aes-128-cbc', keys.key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString('hex')
}

function record(records: BlockRecords, sequence: bigint): Buffer {
  const into = Buffer.alloc(200)
  return into.subarray(0, records.seal(sequence, 23, content, into, 0))
}

test('the MAC is within the blocks, behind an IV that is new for each record', () => {
  const records = new BlockRecords(0x0303, algorithm(0x0303), keys, false)
  const first = record(records, 3n)
  const mac = hmac('sha1', keys.macKey, Buffer.from('00000000000000031703030007', 'hex'), content)
  assert.equal(first.toString('hex', 0, 5), '1703030030')
  assert.equal(
    decrypted(first.subarray(21), first.subarray(5, 21)),
    Buffer.concat([content, mac, Buffer.alloc(5, 4)]).toString('hex'),
  )
  assert.notDeepEqual(record(records, 3n).subarray(5, 21), first.subarray(5, 21))
})

test('encrypt-then-MAC covers IV and blocks: RFC 7366 3', () => {
  const sealed = record(new BlockRecords(0x0303, algorithm(0x0303), keys, true), 3n)
  assert.equal(sealed.toString('hex', 0, 5), '1703030034')
  assert.equal(
    decrypted(sealed.subarray(21, -20), sealed.subarray(5, 21)),
    `${content.toString('hex')}${'08'.repeat(9)}`,
  )
  const header = Buffer.from('00000000000000031703030020', 'hex')
  assert.deepEqual(sealed.subarray(-20), hmac('sha1', keys.macKey, header, sealed.subarray(5, -20)))
})

for (const encryptThenMac of [false, true])
  test(`TLS 1.0 goes on from the last block, ${encryptThenMac ? 'which the MAC follows' : 'the end of the record'}`, () => {
    const records = new BlockRecords(0x0301, algorithm(0x0301), keys, encryptThenMac)
    const first = Buffer.from(record(records, 0n))
    const second = record(records, 1n)
    const end = first.length - (encryptThenMac ? 20 : 0)
    const blocks = second.subarray(5, encryptThenMac ? -20 : undefined)
    assert.match(decrypted(first.subarray(5, end), keys.iv), /^636f6e74656e74/)
    assert.match(decrypted(blocks, first.subarray(end - 16, end)), /^636f6e74656e74/)
    for (const each of [first, second]) {
      assert.deepEqual(records.open(0n, each), { type: 23, content })
      each.fill(0) // a record may be reused once it is open
    }
  })
