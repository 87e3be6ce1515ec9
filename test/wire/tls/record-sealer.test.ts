import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { recordAlgorithm } from '../../../src/wire/tls/record-algorithm.ts'
import { RecordCipher } from '../../../src/wire/tls/record-cipher.ts'
import { RecordSealer } from '../../../src/wire/tls/record-sealer.ts'
import { cipherSuiteFacts } from '../../../src/wire/tls/registry/cipher-suite-facts.ts'

const tls12 = 0x0303
const tls13 = 0x0304
const algorithm = (suite: number, version: number) => recordAlgorithm(cipherSuiteFacts(suite)!, version)
const header = (length: number) =>
  ({ direction: 'to-server', at: 0, offset: 0, type: 23, version: tls12, length }) as const

for (const [suite, version, ivLength] of [
  [0x1301, tls13, 12],
  [0x1302, tls13, 12],
  [0x1303, tls13, 12],
  [0x1305, tls13, 12],
  [0xc02f, tls12, 4],
  [0xcca8, tls12, 12],
  [0xc0ac, tls12, 4],
] as const)
  test(`a record of suite 0x${suite.toString(16)} opens under the number that it was sealed with, and no other`, () => {
    const known = algorithm(suite, version)
    const keys = { key: randomBytes(known.keyLength), iv: randomBytes(ivLength) }
    const sealer = new RecordSealer(version, known, keys)
    const receiver = new RecordCipher(version, known, keys)
    for (const [number, length] of [40, 900, 16_000].entries()) {
      const content = randomBytes(sealer.room(length)!)
      const fragment = sealer.seal(header(length), BigInt(number), content)
      assert.equal(fragment.length, length)
      assert.deepEqual(receiver.open({ ...header(length), fragment }), { type: 23, content })
      assert.equal(receiver.seal.sequence, BigInt(number))
    }
    const other = sealer.seal(header(40), 9n, randomBytes(sealer.room(40)!))
    assert.match(receiver.open({ ...header(40), fragment: other }) as string, /tag does not match/)
    assert.equal(sealer.room(5), undefined)
  })

test('records in blocks do not say how much they hold', () => {
  const keys = { key: randomBytes(24), macKey: randomBytes(20), iv: randomBytes(8) }
  assert.equal(new RecordSealer(tls12, algorithm(0x000a, tls12), keys).room(100), undefined)
})
