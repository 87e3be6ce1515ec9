import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import * as forms from '../../../ca/forms/forms.ts'
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
  assert.equal(root.androidName, '6b014521') // openssl x509 -in rsa.pem -noout -subject_hash_old
  assert.equal(root.profile, forms.mobileconfig(root.der, root.name))
})

test('the root that Parley makes goes by its common name', async () => {
  const { certificate } = await makeRoot(Date.now())
  assert.match(describeRoot(certificate, forms).name, /^Parley CA \(/)
})
