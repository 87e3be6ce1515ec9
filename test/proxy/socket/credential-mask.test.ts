import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CredentialMask } from '../../../src/proxy/socket/credential-mask.ts'

const said =
  'GET http://a/ HTTP/1.1\r\nHost: a\r\nPROXY-authorization: Basic dTpw\r\n folded\r\nX: Proxy-Authorization: no\r\n\r\n' +
  'proxy-authorization:x\nbody\nproxy-authorizatioN:y\n'
const shown =
  'GET http://a/ HTTP/1.1\r\nHost: a\r\nPROXY-authorization: ***** ****\r\n ******\r\nX: Proxy-Authorization: no\r\n\r\n' +
  'proxy-authorization:*\nbody\nproxy-authorizatioN:*\n'

test('the value is hidden wherever the network cuts', () => {
  for (let size = 1; size <= said.length; size++) {
    const mask = new CredentialMask()
    let out = ''
    for (let at = 0; at < said.length; at += size) out += mask.pass(Buffer.from(said.slice(at, at + size))).toString()
    assert.equal(out, shown, `${size} bytes at a time`)
  }
})

test('what has nothing to hide is the same buffer, and what has is not changed', () => {
  const [plain, secret] = ['a\nb', '\nproxy-authorization:x'].map(text => Buffer.from(text)) as [Buffer, Buffer]
  assert.equal(new CredentialMask().pass(plain), plain)
  new CredentialMask().pass(secret)
  assert.equal(secret.toString(), '\nproxy-authorization:x')
})
