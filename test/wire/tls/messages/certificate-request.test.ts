import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12, tls13 } from './read-body.ts'

const names = vectorHex(2, vectorHex(2, '3000'))
const requestOf = (body: string, context: { version: number }) => {
  const { value, malformed } = readBody(13, body, context)
  assert.equal(malformed, undefined)
  assert.ok(value.name === 'certificate_request')
  return value.request
}

test('TLS 1.2 has types, schemes and names', () => {
  const request = requestOf(`02 01 40 0002 0403 ${names}`, tls12())
  assert.deepEqual(
    [request.certificateTypes, request.signatureAlgorithms, request.authorities.length],
    [[1, 64], [0x0403], 1],
  )
})

test('TLS 1.0 and 1.1 have no schemes', () => {
  for (const version of [0x0301, 0x0302]) {
    const request = requestOf(`01 01 ${names}`, { version })
    assert.deepEqual([request.signatureAlgorithms, request.authorities.length], [[], 1])
  }
})

test('TLS 1.3 has them in extensions', () => {
  const request = requestOf(`02 abcd ${vectorHex(2, `000d 0004 0002 0403 002f ${vectorHex(2, names)}`)}`, tls13)
  assert.deepEqual([request.context?.length, request.signatureAlgorithms, request.authorities.length], [2, [0x0403], 1])
  assert.equal(request.certificateTypes, undefined)
})
