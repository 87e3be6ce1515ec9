import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainLine } from '../../../src/view/handshake/explain-line.ts'
import { messageDetail } from '../../../src/view/handshake/message-detail.ts'
import { readAlert } from '../../../src/wire/tls/read-message.ts'
import { makeHandshake } from '../../compare/make.ts'
import { sampleWorld } from '../../tui/world.ts'

const sourceOf = (key: string) => explainLine(key)?.source

test('fields of a message, of its extensions, and of certificates have their texts', () => {
  const extensions =
    'certificate/certificate_list/certificate_entry/cert_data/certificate/to be signed/extensions/extensions'
  assert.equal(sourceOf('client_hello/extensions/key_share/client_shares/key_share_entry/group'), 'RFC 8446 4.2.7')
  assert.equal(sourceOf(`${extensions}/Key Usage/value/usages`), 'RFC 5280 4.2.1.3')
  assert.equal(sourceOf('certificate/certificate_list/certificate/certificate/to be signed/issuer'), 'RFC 5280 4.1.2.4')
  assert.equal(sourceOf('certificate/certificate_list/certificate_entry/cert_data'), 'RFC 5280 4.1')
})

test('an alert is explained by what it says, one that nobody knows as an alert', () => {
  const told = (description: number) => {
    const { fields, value } = readAlert(Uint8Array.of(2, description))
    const [message] = makeHandshake([['to-client', value]]).messages
    return messageDetail({ ...message!, fields }).map(({ key }) => explainLine(key)!.text.slice(0, 40))
  }
  assert.deepEqual(told(48), [
    'A notice to the peer: the orderly end of',
    'Warning or fatal. TLS 1.3 ignores it: th',
    'The receiver does not know the issuer of',
  ])
  assert.equal(told(250)[2], 'A notice to the peer: the orderly end of')
})

test('frames and HPACK have theirs', () => {
  assert.equal(sourceOf('settings/Setting/Identifier'), 'RFC 9113 6.5.2')
  assert.equal(sourceOf('headers/Field Block Fragment'), 'RFC 7541 1.3')
  assert.equal(sourceOf('field_block/indexed/name'), 'RFC 7541 6.1')
  assert.equal(sourceOf('headers'), 'RFC 9113 6.2')
})

test('what Parley checked is explained', () => {
  assert.equal(sourceOf('check/binder 0'), 'RFC 8446 4.2.11.2')
  assert.equal(sourceOf('check/OCSP signature'), 'RFC 6960 4.2.2.2')
  assert.equal(sourceOf('malformed'), 'RFC 8446 6.2')
})

test('a key that nothing knows has no text', () => {
  for (const key of ['', 'constructor', 'nothing/at all']) assert.equal(explainLine(key), undefined, key)
})

test('every line of a real handshake is explained', async () => {
  const { handshakes } = (await sampleWorld()).source.connection(1)!
  const keys = [handshakes.client!, handshakes.upstream!].flatMap(({ messages }) =>
    messages.flatMap(message => messageDetail(message).map(({ key }) => key)),
  )
  assert.deepEqual(
    keys.filter(key => !explainLine(key)),
    [],
  )
})
