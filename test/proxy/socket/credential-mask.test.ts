import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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

test('cut anywhere, any bytes come out as many and as in one piece, and no field is seen', () => {
  const part = fc.constantFrom(
    '\n',
    '\r\n',
    ' ',
    '\t',
    'x',
    'Proxy-Authorization:',
    'proxy-auth',
    'orization:',
    'Basic cz==',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), fc.array(fc.nat(60)), (parts, cuts) => {
      const all = Buffer.from(parts.join(''))
      const whole = new CredentialMask().pass(Buffer.from(all))
      const mask = new CredentialMask()
      const places = [0, ...cuts.map(cut => Math.min(cut, all.length)).sort((a, b) => a - b), all.length]
      const pieces = places.slice(1).map((end, i) => mask.pass(Buffer.from(all.subarray(places[i], end))))
      assert.equal(Buffer.concat(pieces).toString(), whole.toString())
      assert.equal(whole.length, all.length)
      for (const [, value] of whole.toString().matchAll(/\nproxy-authorization:([^\n]*(?:\n[ \t][^\n]*)*)/gi))
        assert.match(value!, /^[*\s]*$/)
    }),
    { numRuns: 500 },
  )
})
