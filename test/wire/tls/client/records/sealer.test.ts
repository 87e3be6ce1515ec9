import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxFragment } from '../../../../../src/wire/tls/client/records/limits.ts'
import { Sealer } from '../../../../../src/wire/tls/client/records/sealer.ts'
import { RecordCipher } from '../../../../../src/wire/tls/record-cipher.ts'
import { keysFor, suites } from './algorithms.ts'

const sizes = fc.oneof({ arbitrary: fc.nat(300), weight: 9 }, fc.constantFrom(2048, 2049, 16_384))
const records = fc.array(fc.record({ type: fc.constantFrom(21, 22, 23), size: sizes }), { minLength: 1, maxLength: 4 })

for (const { version, algorithm, encryptThenMac } of suites)
  test(`${algorithm.cipher} ${algorithm.mac ?? algorithm.tagLength} ${encryptThenMac ? 'EtM ' : ''}of 0x${version.toString(16)} is opened by the dissector's cipher`, () => {
    fc.assert(
      fc.property(records, list => {
        const keys = keysFor(version, algorithm)
        const sealer = new Sealer(version, algorithm, keys, encryptThenMac)
        const receiver = new RecordCipher(version, algorithm, keys, encryptThenMac)
        const contents = list.map(({ size }) => randomBytes(size))
        const room = contents.reduce((sum, { length }) => sum + length + sealer.overhead, 0)
        const into = Buffer.alloc(room)
        let at = 0
        for (const [i, content] of contents.entries()) {
          const end = sealer.seal(list[i]!.type, content, into, at)
          const fragment = into.subarray(at + 5, end)
          const [type, length] = [into[at]!, into.readUInt16BE(at + 3)]
          assert.ok(end - at <= content.length + sealer.overhead && length === fragment.length)
          assert.ok(length <= maxFragment(version))
          const wire = { direction: 'to-server', at: 0, offset: 0, type, version: into.readUInt16BE(at + 1) } as const
          assert.deepEqual(receiver.open({ ...wire, length, fragment }), { type: list[i]!.type, content })
          at = end
        }
        assert.equal(sealer.sealed, list.length)
      }),
      { numRuns: 8 },
    )
  })
