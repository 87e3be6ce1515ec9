import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

const name = Buffer.from('public.example').toString('hex')
const contents = `07 0020 ${vectorHex(2, 'ab'.repeat(32))} ${vectorHex(2, '00010001 00010003')} 20 ${vectorHex(1, name)} 0000`
const configs = vectorHex(2, `fe0d ${vectorHex(2, contents)}`)

test('the outer form says what is on the outside, and that GREASE looks the same', () => {
  const { shown, field } = readOne(
    65037,
    'client_hello',
    `00 0001 0003 1f ${vectorHex(2, 'ab'.repeat(32))} ${vectorHex(2, 'cd'.repeat(144))}`,
  )
  assert.equal(shown, 'outer, config 31, HKDF-SHA256 with ChaCha20Poly1305, 144 bytes; GREASE looks the same')
  assert.equal(shownOf([field], 'config_id'), '31')
})

test('the inner form is one byte', () => {
  assert.match(readOne(65037, 'client_hello', '01').shown, /^inner/)
  assert.equal(readOne(65037, 'client_hello', '0100').problems.length, 1)
})

test('a retry has a confirmation of eight bytes', () => {
  assert.equal(readOne(65037, 'hello_retry_request', '0102030405060708').shown, 'confirmation')
  assert.equal(readOne(65037, 'hello_retry_request', '01').problems.length, 1)
})

test('a server sends configs to retry with', () => {
  const { shown, problems, field } = readOne(65037, 'encrypted_extensions', configs)
  assert.deepEqual(problems, [])
  assert.equal(shown, 'retry with public.example (DHKEM(X25519, HKDF-SHA256))')
  assert.equal(shownOf([field], 'maximum_name_length'), '32')
})

test('a config of another version keeps its bytes', () => {
  assert.deepEqual(readOne(65037, 'encrypted_extensions', vectorHex(2, 'fe0a 0002 abcd')).problems, [])
})

test('the outer extensions are a list of types', () => {
  assert.equal(readOne(64768, 'client_hello', '04 000a 0033').shown, 'supported_groups, key_share')
})
