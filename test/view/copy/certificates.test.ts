import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificatesPem } from '../../../src/view/copy/certificates.ts'
import { makeHandshake } from '../../compare/make.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { readPem } from '../../wire/x509/read-pem.ts'

test('the certificates of a message read back from their PEM, in their order', () => {
  const chain = readPem(identity('chain').cert)
  const [message] = makeHandshake([
    ['to-client', { name: 'certificate', certificate: { certificates: chain } }],
  ]).messages
  assert.deepEqual(readPem(certificatesPem(message!)!), chain)
})

test('a message without certificates has no PEM', () => {
  assert.equal(certificatesPem({ value: { name: 'certificate', certificate: { certificates: [] } } }), undefined)
  assert.equal(certificatesPem({ value: { name: 'server_hello_done' } }), undefined)
})
