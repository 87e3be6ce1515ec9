import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { makeRoot } from '../../../ca/root.ts'
import { describeRoot } from '../../../src/proxy/site/root.ts'
import { root, rootPem } from './make.ts'

test('a root is described as other programs describe it', () => {
  const known = new X509Certificate(rootPem)
  assert.equal(root.name, 'api.example.test')
  assert.equal(root.fingerprint, known.fingerprint256)
  assert.deepEqual([root.notBefore, root.notAfter], [known.validFromDate.getTime(), known.validToDate.getTime()])
  assert.ok(root.der.equals(known.raw))
  assert.equal(root.pem, rootPem)
})

test('the root that Parley makes goes by its common name', async () => {
  const { certificate } = await makeRoot(Date.now())
  assert.match(describeRoot(certificate).name, /^Parley CA \(/)
})
