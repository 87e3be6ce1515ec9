import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../../src/wire/tls/explain.en.ts'
import { explainField } from '../../../src/wire/tls/explain-field.ts'

const textOf = (message: string, ...path: string[]) => explainField(explain, message, path)?.text

test('a field at the top has its own text', () => {
  assert.equal(textOf('client_hello', 'random'), explain('client_hello.random')?.text)
  assert.equal(textOf('client_hello', 'cipher_suites', 'cipher_suite'), explain('client_hello.cipher_suite')?.text)
})

test('a field of an extension is explained by that extension, in whatever message', () => {
  const path = ['certificate_list', 'certificate_entry', 'extensions', 'status_request']
  assert.equal(textOf('certificate', ...path), explain('extension.status_request')?.text)
  const group = ['extensions', 'key_share', 'client_shares', 'key_share_entry', 'group']
  assert.equal(textOf('client_hello', ...group), explain('extension.key_share.group')?.text)
})

test('a field without a text is explained by what holds it', () => {
  assert.equal(textOf('client_hello', 'extensions', 'key_share', 'client_shares'), explain('extension.key_share')?.text)
  assert.equal(textOf('finished', 'no such field'), explain('finished')?.text)
})

test('lengths share one text', () => {
  assert.equal(textOf('client_hello', 'cipher_suites_length'), explain('field.of_length')?.text)
})

test('what is inside a compressed certificate is explained as a certificate', () => {
  const path = ['compressed_certificate_message', 'certificate_list', 'certificate_entry', 'cert_data']
  assert.equal(textOf('compressed_certificate', ...path), explain('certificate.cert_data')?.text)
})

test('a message that nobody knows has no text', () => {
  assert.equal(explainField(explain, 'no_such_message', ['x']), undefined)
})
