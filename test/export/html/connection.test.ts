import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareLegs } from '../../../src/compare/compare.ts'
import { readLegPair } from '../../../src/compare/read-leg-pair.ts'
import { reportConnection } from '../../../src/export/html/connection.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { connectionTable } from '../../../src/view/handshake/side-by-side.ts'
import { connectionJson } from '../../../src/view/json/connection-json.ts'
import { recordVisits } from '../../cli/recorded-run.ts'
import { connectionOf } from '../../store/samples.ts'

test('a connection is what the screen and the JSON say of it, and has no key', async () => {
  const capture = openCapture((await recordVisits()).path)
  try {
    for (const connection of capture.connections({ limit: 10 })) {
      const pair = readLegPair(capture, connection)
      const told = reportConnection(pair)
      const json = connectionJson(pair)
      assert.deepEqual(told.table, connectionTable(pair, compareLegs(pair)))
      assert.deepEqual([told.comparison, told.verdict, told.problems], [json.comparison, json.verdict, json.problems])
      assert.deepEqual(told.client?.certificates, json.legs.client.tls?.certificates.server)
      assert.deepEqual(told.upstream?.certificates, json.legs.upstream?.tls?.certificates.server)
      const text = JSON.stringify(told)
      const keys = [pair.client, pair.upstream].flatMap(leg => leg?.keys ?? [])
      for (const { value } of keys)
        for (const form of ['hex', 'base64'] as const) assert.ok(!text.includes(Buffer.from(value).toString(form)))
      assert.equal(keys.length, (told.client?.keys.length ?? 0) + (told.upstream?.keys.length ?? 0))
    }
    const [first] = capture.connections({ limit: 1 })
    const { client, upstream } = reportConnection(readLegPair(capture, first!))
    assert.ok(client!.keys.length > 0 && upstream!.keys.length > 0)
    assert.match(client!.chain[0]!, /^✓ /)
  } finally {
    capture.close()
  }
})

test('a connection of which little is known is told all the same', () => {
  const { where, legs, client } = reportConnection({ connection: connectionOf(1) })
  assert.deepEqual([where, legs, client], ['no target', '— │ —', undefined])
})
