import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader } from '../../../../src/wire/reader.ts'
import { flag, isClientForm } from '../../../../src/wire/tls/extensions/decoder.ts'

test('a flag reads nothing and says that it is there', () => {
  const r = new ByteReader(new Uint8Array(1), 'test')
  assert.deepEqual(flag()(r, 'client_hello', new Uint8Array(1)), { shown: 'present' })
  assert.deepEqual(flag('yes', { earlyData: true })(r, 'client_hello', new Uint8Array(1)), {
    shown: 'yes',
    facts: { earlyData: true },
  })
  assert.equal(r.remaining, 1)
})

test('a hello and a certificate request ask', () => {
  assert.deepEqual((['client_hello', 'certificate_request', 'certificate'] as const).map(isClientForm), [
    true,
    true,
    false,
  ])
})
