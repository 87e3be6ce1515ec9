import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreed } from '../../../../../src/wire/tls/client/groups/key-pair.ts'
import { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'

test('whatever fails in an agreement is an illegal parameter of the peer', () => {
  assert.deepEqual(
    agreed(() => Buffer.of(1)),
    Buffer.of(1),
  )
  assert.throws(
    () =>
      agreed(() => {
        throw new RangeError('inside')
      }),
    (error: unknown) => error instanceof TlsError && error.alert === 47 && !error.message.includes('inside'),
  )
})
