import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { badRecord } from '../../../../../src/wire/tls/client/records/bad-record.ts'
import { Opener } from '../../../../../src/wire/tls/client/records/opener.ts'
import { Sealer } from '../../../../../src/wire/tls/client/records/sealer.ts'
import { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'
import { keysFor, sealed, suites } from './algorithms.ts'

test('padding, MAC, tag and length that are wrong are told in the same words', () => {
  for (const { version, algorithm, encryptThenMac } of suites) {
    const keys = keysFor(version, algorithm)
    const record = sealed(new Sealer(version, algorithm, keys, encryptThenMac), 23, randomBytes(40))
    const damaged = [...record.keys()].slice(5).map(at => {
      const changed = Buffer.from(record)
      changed[at]! ^= 0x80
      return changed
    })
    for (const bytes of [...damaged, record.subarray(0, 5), record.subarray(0, 9), record.subarray(0, -1)])
      assert.throws(
        () => new Opener(version, algorithm, keys, encryptThenMac).open(bytes),
        (error: unknown) => error instanceof TlsError && error.alert === 20 && error.message === badRecord().message,
        `${algorithm.cipher} ${version.toString(16)}: ${bytes.toString('hex')}`,
      )
  }
})
