import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../../src/wire/reader.ts'
import { digest, prf } from '../../../src/wire/tls/prf.ts'

test('the TLS 1.2 PRF gives the published vector for SHA-256', () => {
  const secret = Buffer.from('9bbe436ba940f017b17652849a71db35', 'hex')
  const seed = Buffer.from('a0ba9f936cda311827a6f796ffd5198c', 'hex')
  assert.equal(
    hex(prf('sha256', secret, 'test label', seed, 100)),
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
  )
})

test('the halves of an odd secret share its middle byte in the older PRF', () => {
  const seed = Buffer.alloc(0)
  const whole = prf('md5-sha1', Uint8Array.of(1, 2, 3), 'x', seed, 16)
  const halves = prf('md5-sha1', Uint8Array.of(1, 2, 2, 3), 'x', seed, 16)
  assert.deepEqual(whole, halves)
})

test('md5-sha1 is both digests in a row', () => {
  assert.equal(hex(digest('md5-sha1', [])), 'd41d8cd98f00b204e9800998ecf8427eda39a3ee5e6b4b0d3255bfef95601890afd80709')
})
