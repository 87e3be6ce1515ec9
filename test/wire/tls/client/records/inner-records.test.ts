import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealInPlace } from '../../../../../src/wire/tls/aead.ts'
import { InnerRecords } from '../../../../../src/wire/tls/client/records/inner-records.ts'
import { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'
import { recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { fromHex } from '../../tls-fixtures.ts'

const algorithm = recordAlgorithm(cipherSuiteFacts(0x1301)!, 0x0304)
const content = Uint8Array.from({ length: 50 }, (_, i) => i)
const client = { key: fromHex('17422dda596ed5d9acd890e3c63f5051'), iv: fromHex('5b78923dee08579033e523d9') }
const server = { key: fromHex('9f02283b6c9c07efc26bb9f2ac92e356'), iv: fromHex('cf782b88dd83549aadf1e984') }

test('the records of RFC 8448 3 are sealed and opened', () => {
  const said = fromHex(
    '1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4',
  )
  const into = Buffer.alloc(74)
  assert.equal(new InnerRecords(algorithm, client).seal(0n, 23, content, into, 1), 73)
  assert.deepEqual(new Uint8Array(into.subarray(1, 73)), said)
  const heard = fromHex(
    '17030300432e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc602dcb501a59a8fcc49c4bf2e5f0a21c0047c2abf332540dd032e167c2955d',
  )
  const opened = new InnerRecords(algorithm, server).open(1n, Buffer.from(heard)) // a ticket came before
  assert.deepEqual([opened.type, new Uint8Array(opened.content)], [23, content])
})

/** A record with these bytes inside. */
function around(inner: Uint8Array): Buffer {
  const record = Buffer.alloc(5 + inner.length + 16)
  record.set([23, 3, 3, (inner.length + 16) >> 8, (inner.length + 16) & 255])
  record.set(inner, 5)
  sealInPlace(algorithm, server.key, server.iv, record.subarray(0, 5), record, 5, 5 + inner.length)
  return record
}
const open = (inner: Uint8Array) => new InnerRecords(algorithm, server).open(0n, around(inner))
const alert = (expected: number) => (error: unknown) => error instanceof TlsError && error.alert === expected

test('zeros behind the type are padding, and zeros before it are content', () => {
  assert.deepEqual(open(Buffer.of(7, 0, 21, 0, 0)), { type: 21, content: Buffer.of(7, 0) })
  assert.deepEqual(open(Buffer.of(22)), { type: 22, content: Buffer.alloc(0) })
})

test('nothing but padding is an unexpected message: RFC 8446 5.4', () => {
  assert.throws(() => open(Buffer.alloc(9)), alert(10))
  assert.throws(() => open(Buffer.alloc(0)), alert(10))
})

test('padding counts for the largest record: RFC 8446 5.4', () => {
  const most = Buffer.alloc(16_385)
  most[3] = 23
  assert.equal(open(most).content.length, 3)
  assert.throws(() => open(Buffer.concat([most, Buffer.of(0)])), alert(22))
})
