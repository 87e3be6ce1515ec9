import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '../../../../src/wire/reader.ts'
import { readClientHello } from '../../../../src/wire/tls/messages/client-hello.ts'
import { fromHex, shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody } from './read-body.ts'

const start = `0303 ${'ab'.repeat(32)} 00 0004 1301 00ff 0100`
const bytesOf = (body: string) => fromHex(`01${vectorHex(3, body)}`)

test('a hello may end before the extensions', () => {
  const hello = readClientHello(bytesOf(start))
  assert.deepEqual(hello.cipherSuites, [0x1301, 0x00ff])
  assert.deepEqual(
    [hello.extensions, hello.earlyData, hello.statusRequest, hello.serverName],
    [[], false, false, undefined],
  )
})

test('a hello of SSL 3.0 keeps its version', () => {
  assert.equal(readClientHello(bytesOf(start.replace('0303', '0300'))).legacyVersion, 0x0300)
})

test('bytes behind the extensions are refused', () => {
  assert.throws(() => readClientHello(bytesOf(`${start} 0000 ff`)), /client_hello: 1 bytes left over at byte \d+/)
})

test('an odd length of suites is malformed', () => {
  assert.throws(() => readClientHello(bytesOf(`0303 ${'ab'.repeat(32)} 00 0003 130100 0100`)), MalformedError)
})

test('a malformed extension loses neither the hello nor its sentence', () => {
  const read = readBody(1, `${start} ${vectorHex(2, '000a 0001 00 002a 0000')}`)
  assert.equal(read.malformed, 'supported_groups: named_group_list_length needs 2 bytes, 1 are left at byte 53')
  assert.ok(read.value.name === 'client_hello')
  assert.equal(read.value.hello.earlyData, true)
  assert.equal(shownOf(read.fields, 'supported_groups'), read.malformed)
})
