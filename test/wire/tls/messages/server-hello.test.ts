import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { isRetry, readServerHello, retryRandom } from '../../../../src/wire/tls/messages/server-hello.ts'
import { fromHex, shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody } from './read-body.ts'

const body = (random: string, rest = '') => `0303 ${random} 00 1301 00 ${rest}`
const plain = 'ab'.repeat(32)

test('the random of a retry is the hash of its name', () => {
  assert.equal(createHash('sha256').update('HelloRetryRequest').digest('hex'), retryRandom)
})

test('a retry is told by its random, and named so even when it is malformed', () => {
  const read = readBody(2, body(retryRandom, vectorHex(2, '0033 0002 0018')))
  assert.equal(read.name, 'hello_retry_request')
  assert.ok(read.value.name === 'hello_retry_request')
  assert.deepEqual([read.value.hello.retry, read.value.hello.selectedGroup], [true, 24])
  assert.equal(readBody(2, `0303 ${retryRandom} 00`).name, 'hello_retry_request')
  assert.equal(isRetry(fromHex('02')), false)
})

test('a TLS 1.2 hello may have no extensions', () => {
  const hello = readServerHello(fromHex(`02${vectorHex(3, body(plain))}`))
  assert.deepEqual(
    [hello.retry, hello.selectedVersion, hello.extensions.length, hello.cipherSuite],
    [false, undefined, 0, 0x1301],
  )
})

test('the choices of the server are its facts', () => {
  const extensions = vectorHex(2, '002b 0002 0304 0029 0002 0000 0010 0005 0003 02 6832')
  const read = readBody(2, body(plain, extensions))
  assert.ok(read.value.name === 'server_hello')
  const { selectedVersion, selectedPsk, alpn } = read.value.hello
  assert.deepEqual([selectedVersion, selectedPsk, alpn], [0x0304, 0, 'h2'])
})

for (const [end, note] of [
  ['01', 'TLS 1.3'],
  ['00', 'more than TLS 1.1'],
] as const)
  test(`a downgrade sentinel ending in ${end} is told`, () => {
    const read = readBody(2, body(`${'ab'.repeat(24)}444f574e475244${end}`))
    assert.match(shownOf(read.fields, 'random')!, new RegExp(`downgrade sentinel.*${note}`))
  })

test('a plain random has no remark', () => assert.equal(shownOf(readBody(2, body(plain)).fields, 'random'), plain))

test('a ServerHello of TLS 1.3 draft 18 has no session id, and its key share is number 40', () => {
  const share = `0028 0008 001d 0004 ${'cd'.repeat(4)}`
  const read = readBody(2, `7f12 ${plain} 1301 ${vectorHex(2, share)}`)
  assert.equal(read.malformed, undefined)
  assert.ok(read.value.name === 'server_hello')
  const { legacyVersion, cipherSuite, keyShare } = read.value.hello
  assert.deepEqual([legacyVersion, cipherSuite, keyShare?.group], [0x7f12, 0x1301, 29])
  assert.equal(shownOf(read.fields, 'legacy_version'), 'TLS 1.3 draft 18 (0x7f12)')
})

test('a HelloRetryRequest was a message of its own until draft 22, from draft 19 on with a suite', () => {
  for (const body of [`7f12 ${vectorHex(2, '0028 0002 0018')}`, `7f15 1301 ${vectorHex(2, '0028 0002 0018')}`]) {
    const read = readBody(6, body)
    assert.equal(read.malformed, undefined)
    assert.ok(read.value.name === 'hello_retry_request')
    assert.equal(read.value.hello.selectedGroup, 24)
  }
})
