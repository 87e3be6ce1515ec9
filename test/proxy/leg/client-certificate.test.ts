import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { checkPair, clientCertificateFor } from '../../../src/proxy/leg/client-certificate.ts'

const [one, all] = [
  { host: 'a.example', cert: '1', key: '1' },
  { host: '*.example', cert: '2', key: '2' },
]

test('the first certificate whose pattern fits is shown, and none to a stranger', () => {
  assert.equal(clientCertificateFor('a.example', [one, all]), one)
  assert.equal(clientCertificateFor('b.example', [one, all]), all)
  assert.equal(clientCertificateFor('a.test', [one, all]), undefined)
  assert.equal(clientCertificateFor('a.example'), undefined)
})

test('a key of another certificate and what is no PEM do not fit', async () => {
  const { issue } = await makeTestAuthority()
  const [ec, rsa] = [issue({ host: 'a', use: 'client' }), issue({ host: 'a', use: 'client', keyType: 'rsa' })]
  assert.equal(checkPair(ec.cert, ec.key), undefined)
  assert.ok(checkPair(ec.cert, rsa.key))
  assert.ok(checkPair('nothing', ec.key))
})
