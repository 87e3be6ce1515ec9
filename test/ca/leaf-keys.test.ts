import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { test } from 'node:test'
import { LeafKeys } from '../../ca/leaf-keys.ts'

test('one key a type, P-256 and RSA-2048, however many ask at once', async () => {
  const keys = new LeafKeys()
  const [ec, sameEc, rsa] = await Promise.all([keys.keyOf('ec'), keys.keyOf('ec'), keys.keyOf('rsa')])
  assert.equal(ec, sameEc)
  assert.equal(rsa, await keys.keyOf('rsa'))
  assert.equal(createPrivateKey(ec.pem).asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.equal(createPrivateKey(rsa.pem).asymmetricKeyDetails?.modulusLength, 2048)
  assert.match(ec.pem, /^-----BEGIN PRIVATE KEY-----/)
})

test('another run has other keys', async () => {
  assert.notEqual((await new LeafKeys().keyOf('ec')).pem, (await new LeafKeys().keyOf('ec')).pem)
})
