import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offeredLists } from '../../src/compare/offered-lists.ts'
import { sampleWorld } from '../tui/world.ts'

test('every list that the comparison counts is there in full, in the order of each hello', async () => {
  const { source } = await sampleWorld()
  const { handshakes } = source.connection(1)!
  const lists = offeredLists(handshakes as never)
  const suites = lists.find(({ aspect }) => aspect === 'cipher-suites-offered')!
  assert.equal(suites.client.length, handshakes.client!.clientHello!.cipherSuites.length)
  assert.equal(suites.upstream.length, handshakes.upstream!.clientHello!.cipherSuites.length)
  assert.match(suites.client[0]!, /^(TLS_|GREASE)/)
  assert.deepEqual(offeredLists({} as never), [])
})
