import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

const ascii = (text: string) => Buffer.from(text).toString('hex')
const name = (text: string, type = '00') => vectorHex(2, type + vectorHex(2, ascii(text)))
const protocols = (...list: string[]) => vectorHex(2, list.map(item => vectorHex(1, ascii(item))).join(''))

test('the host name is the fact', () => {
  const read = readOne(0, 'client_hello', name('example.com'))
  assert.deepEqual([read.shown, read.facts], ['example.com', { serverName: 'example.com' }])
})

test('a name that is no host name is no fact', () => {
  const read = readOne(0, 'client_hello', name('x', '07'))
  assert.deepEqual([read.shown, read.facts], ['1 name', {}])
})

test('the server acknowledges a name with nothing, a client may not', () => {
  assert.equal(readOne(0, 'encrypted_extensions', '').shown, 'acknowledged')
  assert.equal(readOne(0, 'client_hello', '').problems.length, 1)
})

test('ALPN is a list, and no byte of a name is lost', () => {
  assert.deepEqual(readOne(16, 'client_hello', protocols('h2', 'http/1.1')).facts, { alpn: ['h2', 'http/1.1'] })
  assert.deepEqual(readOne(16, 'client_hello', '0003 02 abcd').facts, { alpn: ['\xab\xcd'] })
})

test('ALPS lists protocols in a hello and holds settings in the answer, under both numbers', () => {
  for (const type of [17513, 17613]) {
    assert.equal(readOne(type, 'client_hello', protocols('h2')).shown, 'h2')
    assert.equal(readOne(type, 'encrypted_extensions', '000003').shown, '3 bytes')
  }
})

test('NPN has no length in front of its list', () => {
  assert.equal(
    readOne(13172, 'server_hello', vectorHex(1, ascii('h2')) + vectorHex(1, ascii('spdy/3'))).shown,
    'h2, spdy/3',
  )
  assert.equal(readOne(13172, 'client_hello', '').shown, 'present')
})
