import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { test } from 'node:test'
import { rootIssuer } from '../../ca/issuer.ts'
import { rootFor } from './make.ts'

const root = await rootFor()

test('the root signs in its own name, with RSA, and its chain is itself', async () => {
  const issuer = rootIssuer(root)
  const bytes = Buffer.from('to be signed')
  assert.ok(verify('sha256', bytes, root.certificate.publicKey, await issuer.sign(bytes)))
  assert.ok(root.certificate.raw.includes(issuer.name))
  assert.equal(issuer.algorithm.toString('hex'), '300d06092a864886f70d01010b0500')
  assert.equal(issuer.authorityKeyIdentifier.toString('hex').slice(-40), root.keyIdentifier!.toString('hex'))
  assert.equal(issuer.chain, root.pem)
})

test('a root without an identifier is named by its name alone', () => {
  const { keyIdentifier: _, ...bare } = root
  assert.equal(rootIssuer(bare).authorityKeyIdentifier.length, 0)
})
