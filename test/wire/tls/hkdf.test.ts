import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../../src/wire/reader.ts'
import { expandLabel } from '../../../src/wire/tls/hkdf.ts'

const none = new Uint8Array(0)
// RFC 8448 3: the server's handshake traffic secret of the simple 1-RTT handshake.
const secret = Buffer.from('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38', 'hex')

test('HKDF-Expand-Label gives the key, IV and finished key of RFC 8448', () => {
  assert.equal(hex(expandLabel('sha256', secret, 'key', none, 16)), '3fce516009c21727d0f2e4e86ee403bc')
  assert.equal(hex(expandLabel('sha256', secret, 'iv', none, 12)), '5d313eb2671276ee13000b30')
  assert.equal(
    hex(expandLabel('sha256', secret, 'finished', none, 32)),
    '008d3b66f816ea559f96b537e885c31fc068bf492c652f01f288a1d8cdc19fc8',
  )
})

test('more than one hash of output goes on where the first block ends', () => {
  const long = expandLabel('sha256', secret, 'x', none, 80)
  assert.equal(long.length, 80)
  assert.notDeepEqual(long.subarray(0, 32), long.subarray(32, 64))
})
