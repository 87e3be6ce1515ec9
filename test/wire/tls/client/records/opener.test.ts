import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Opener } from '../../../../../src/wire/tls/client/records/opener.ts'
import { Sealer } from '../../../../../src/wire/tls/client/records/sealer.ts'
import { keysFor, sealed, suites } from './algorithms.ts'

test('records are opened in their order only, in every way to protect them', () => {
  for (const { version, algorithm, encryptThenMac } of suites) {
    const keys = keysFor(version, algorithm)
    const sealer = new Sealer(version, algorithm, keys, encryptThenMac)
    const opener = new Opener(version, algorithm, keys, encryptThenMac)
    const contents = [randomBytes(1), randomBytes(0), randomBytes(700)]
    const records = contents.map(content => sealed(sealer, 23, content))
    for (const [i, record] of records.entries()) {
      const opened = opener.open(record)
      record.fill(0) // it may be reused
      assert.deepEqual([opened.type, Buffer.from(opened.content)], [23, contents[i]])
    }
    const twice = sealed(new Sealer(version, algorithm, keys, encryptThenMac), 23, randomBytes(3))
    assert.throws(() => opener.open(twice), { alert: 20 })
  }
})

test('whatever bytes come as a record, they are bad ones', () => {
  fc.assert(
    fc.property(fc.constantFrom(...suites), fc.uint8Array({ minLength: 5, maxLength: 400 }), (suite, bytes) => {
      const { version, algorithm, encryptThenMac } = suite
      const opener = new Opener(version, algorithm, keysFor(version, algorithm), encryptThenMac)
      assert.throws(() => opener.open(Buffer.from(bytes)), { name: 'TlsError', alert: 20 })
    }),
    { numRuns: 500 },
  )
})
