import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareConnections } from '../../src/compare/two-connections.ts'
import { identity } from '../wire/tls/test-certificates.ts'
import { recordLegs } from './make.ts'

const legs = (client: object) =>
  recordLegs({
    client: { server: identity('ecdsa'), client },
    upstream: { server: identity('rsa'), client },
  })

test('a connection beside itself has no difference', async () => {
  const pair = await legs({})
  const rows = compareConnections(pair, pair)
  assert.ok(rows.length > 12)
  assert.deepEqual(
    rows.filter(({ mark }) => mark !== '='),
    [],
  )
  assert.equal(new Set(rows.map(({ aspect }) => aspect)).size, rows.length)
})

test('what one connection offered and the other did not is named, leg by leg', async () => {
  const rows = compareConnections(await legs({}), await legs({ ciphers: 'TLS_AES_128_GCM_SHA256' }))
  const row = (aspect: string) => rows.find(each => each.aspect === aspect)!
  assert.equal(row('client-cipher-suite').mark, '≠')
  assert.match(row('client-cipher-suites-offered').why!, /^Only left: .*TLS_AES_256_GCM_SHA384/)
  assert.match(row('upstream-ja4').label, /^Upstream leg: JA4/)
  for (const { why = '' } of rows) assert.doesNotMatch(why, /Parley/)
})
