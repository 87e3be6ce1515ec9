import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12 } from './read-body.ts'

const responses = (body: string) => {
  const { value, malformed } = readBody(22, body, tls12())
  assert.equal(malformed, undefined)
  assert.ok(value.name === 'certificate_status')
  return value.responses.map(response => [...response])
}

test('one response, several, and those of an unknown type', () => {
  assert.deepEqual(responses(`01 ${vectorHex(3, 'aabb')}`), [[0xaa, 0xbb]])
  assert.deepEqual(responses(`02 ${vectorHex(3, vectorHex(3, 'aa') + vectorHex(3, ''))}`), [[0xaa], []])
  assert.deepEqual(responses('07 aabb'), [])
})

test('an empty message is malformed', () =>
  assert.match(readBody(22, '', tls12()).malformed!, /status_type needs 1 bytes/))
