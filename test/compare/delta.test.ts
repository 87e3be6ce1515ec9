import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mark } from '../../src/compare/comparison.ts'
import { agreedDelta, deltaOf } from '../../src/compare/delta.ts'
import { makeConnection } from './make.ts'

const rows = (marks: Readonly<Record<string, Mark>>) => ({
  rows: Object.entries(marks).map(([aspect, mark]) => ({ aspect, label: '', client: '', upstream: '', mark })),
})

test('the worst mark wins, whatever its place', () => {
  assert.deepEqual(deltaOf(rows({ extensions: '~', 'cipher-suite': '≠', version: '!' })), {
    mark: '!',
    aspect: 'version',
  })
  assert.deepEqual(deltaOf(rows({ extensions: '~', 'cipher-suite': '≠' })), { mark: '≠', aspect: 'cipher-suite' })
})

test('what always differs does not count, unless it matters', () => {
  assert.deepEqual(deltaOf(rows({ certificate: '≠', bytes: '≠', version: '=' })), { mark: '=' })
  assert.deepEqual(deltaOf(rows({ key: '!' })), { mark: '!', aspect: 'key' })
})

test('before anything is dissected, what Node says is enough for a word', () => {
  const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', resumed: false }
  const delta = (over: object) =>
    agreedDelta(makeConnection({ client: { agreed }, upstream: { agreed: { ...agreed, ...over } } }))
  assert.deepEqual(delta({}), { mark: '=' })
  assert.deepEqual(delta({ version: 'TLSv1.2' }), { mark: '!', aspect: 'version' })
  assert.deepEqual(delta({ alpn: 'h2' }), { mark: '!', aspect: 'alpn' })
  assert.deepEqual(delta({ cipherSuite: 'x' }), { mark: '≠', aspect: 'cipher-suite' })
  assert.equal(agreedDelta(makeConnection()), undefined)
})
