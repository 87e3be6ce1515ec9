import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  delegatedCredentialIn,
  delegationOf,
  readableCredentialIn,
} from '../../../src/wire/tls/delegated-credential.ts'

const signed = '00015180 0403 000004 73706b69 0804'.replaceAll(' ', '')
const whole = Buffer.from(`${signed}0003736967`, 'hex')
const certificateWith = (...entries: readonly Buffer[]) => ({
  certificates: [],
  entryExtensions: entries.map(data => [
    { type: 5, data: Buffer.alloc(0), start: 0 },
    { type: 34, data, start: 0 },
  ]),
})

test('the credential of the leaf is read, and what is signed of it', () => {
  const credential = delegatedCredentialIn(certificateWith(whole, Buffer.alloc(0)))!
  const { validTime, scheme, spki, algorithm, signature } = credential
  assert.deepEqual(
    [validTime, scheme, Buffer.from(spki).toString(), algorithm, Buffer.from(signature).toString()],
    [86_400, 0x0403, 'spki', 0x0804, 'sig'],
  )
  const [context, leaf, rest] = delegationOf(Buffer.from('leaf'), credential)
  assert.equal(Buffer.from(context!).toString('latin1').trimStart(), 'TLS, server delegated credentials\0')
  assert.equal(context!.length, 64 + 34)
  assert.equal(Buffer.from(leaf!).toString(), 'leaf')
  assert.equal(Buffer.from(rest!).toString('hex'), signed)
})

test('there may be none, and one that is cut or too long is none for display', () => {
  assert.equal(delegatedCredentialIn({ certificates: [] }), undefined)
  assert.equal(delegatedCredentialIn(certificateWith()), undefined)
  for (const wrong of [Buffer.alloc(0), whole.subarray(0, -1), Buffer.concat([whole, Buffer.of(0)])]) {
    assert.throws(() => delegatedCredentialIn(certificateWith(wrong)), { name: 'MalformedError' })
    assert.equal(readableCredentialIn(certificateWith(wrong)), undefined)
  }
})
