import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../../src/tui/screens/explanations.ts'
import { messageDetail } from '../../../src/view/message-detail.ts'
import { sampleWorld } from '../world.ts'

test('the longest end of the path speaks', () => {
  assert.match(explain('server_hello/extensions/key_share/group')!.words, /this public key/)
  assert.match(explain('certificate/certificate_list/certificate_entry/cert_data/certificate')!.words, /X\.509/)
  assert.match(explain('certificate')!.words, /leaf first/)
})

test('a length explains itself by what it counts', () => {
  assert.equal(explain('client_hello/cipher_suites_length')!.words, 'How many bytes cipher_suites takes.')
})

test('a name of an object’s prototype is not an explanation', () => {
  assert.equal(explain('client_hello/constructor'), undefined)
  assert.equal(explain(''), undefined)
})

test('every message of a handshake is explained, and every extension in its hello', async () => {
  const { handshakes } = (await sampleWorld()).source.connection(1)!
  for (const message of handshakes.upstream!.messages) assert.ok(explain(message.name), message.name)
  for (const { key } of messageDetail(handshakes.client!.messages[0]!).filter(line =>
    /^client_hello\/extensions\/[^/]+$/.test(line.key),
  ))
    assert.ok(explain(key), key)
})

test('every kind of line in a field block is explained, and the table after it', () => {
  for (const kind of ['indexed', 'incremental', 'not-indexed', 'never-indexed', 'size-update'])
    assert.match(explain(`field_block/${kind}`)!.source, /^RFC 7541 6/)
  for (const key of [
    'headers/Field Block Fragment',
    'dynamic_table',
    'dynamic_table/entry',
    'field_block/size-update/evicted',
  ])
    assert.match(explain(key)!.source, /RFC 7541/)
})
