import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgres } from '../../../../src/proxy/tunnel/starttls/postgres.ts'

const request = Buffer.from('0000000804d2162f', 'hex')

test('SSLRequest alone asks, and S alone agrees', () => {
  assert.deepEqual([postgres.begins(request), postgres.asks(request)], [true, 8])
  const gssRequest = Buffer.from('0000000804d21630', 'hex')
  assert.deepEqual([postgres.begins(gssRequest), postgres.asks(gssRequest)], [false, undefined])
  assert.deepEqual(
    ['S', 'N', 'E', 'SS'].map(answer => postgres.agrees!(Buffer.from(answer), request)),
    [true, false, false, false],
  )
})
