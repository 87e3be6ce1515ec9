import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUriWithin } from '../../../../src/wire/x509/name-constraints/uri.ts'

test('the host of a URI counts, wherever it stands', () => {
  for (const uri of ['http://a.test/', 'HTTP://A.TEST', 'ldap://u:p@a.test:389/x?y@z', 'x-y.z+1://a.test#f'])
    assert.equal(isUriWithin(uri, 'a.test'), true, uri)
  assert.deepEqual(
    ['http://b.a.test/', 'http://c.test/a.test', 'http://a.test@c.test/', 'http://c.test?x@a.test'].map(uri =>
      isUriWithin(uri, 'a.test'),
    ),
    [false, false, false, false],
  )
})

test('a URI without a host is neither within nor without', () => {
  for (const uri of ['urn:a.test', 'http://', 'a.test', 'mailto:u@a.test', 'http://u@v@a.test/', 'http:///a.test'])
    assert.equal(isUriWithin(uri, 'a.test'), undefined, uri)
})
