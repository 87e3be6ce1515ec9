import assert from 'node:assert/strict'
import { constants, createHash, privateEncrypt, sign, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { checkSignature, signedInTls13 } from '../../../../src/wire/tls/checks/signature.ts'
import { type IdentityName, identity } from '../test-certificates.ts'

const signed = [Buffer.from('what was '), Buffer.from('said')]
const data = Buffer.concat(signed)
const der = (name: IdentityName): Uint8Array => new X509Certificate(identity(name).cert).raw
const check = (name: IdentityName, algorithm: number | undefined, signature: Uint8Array) =>
  checkSignature({ algorithm, signature, certificate: der(name), signed, covers: 'it' })

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
const cases: readonly (readonly [IdentityName, number, string | null, object])[] = [
  ['rsa', 0x0401, 'sha256', {}],
  ['rsa', 0x0501, 'sha384', {}],
  ['rsa', 0x0201, 'sha1', {}],
  ['rsa', 0x0804, 'sha256', pss],
  ['rsa', 0x0806, 'sha512', pss],
  ['rsa-pss', 0x0809, 'sha256', pss],
  ['ecdsa', 0x0403, 'sha256', {}],
  ['ecdsa', 0x0203, 'sha1', {}],
  ['ed25519', 0x0807, null, {}],
  ['ed448', 0x0808, null, {}],
]
for (const [name, algorithm, hash, options] of cases)
  test(`a ${name} signature 0x0${algorithm.toString(16)} passes, and fails with one byte flipped`, () => {
    const signature = sign(hash, data, { key: identity(name).key, ...options })
    assert.equal(check(name, algorithm, signature).passed, true)
    signature[signature.length - 1]! ^= 1
    assert.equal(check(name, algorithm, signature).passed, false)
  })

test('TLS 1.0: RSA signs MD5 and SHA-1 without their names, ECDSA signs SHA-1', () => {
  const digests = ['md5', 'sha1'].map(hash => createHash(hash).update(data).digest())
  const raw = { key: identity('rsa').key, padding: constants.RSA_PKCS1_PADDING }
  assert.equal(check('rsa', undefined, privateEncrypt(raw, Buffer.concat(digests))).passed, true)
  assert.equal(check('rsa', undefined, privateEncrypt(raw, digests[0]!)).passed, false)
  assert.equal(check('ecdsa', undefined, sign('sha1', data, identity('ecdsa').key)).passed, true)
})

test('a scheme that does not fit the key fails, an unknown one is left open', () => {
  const signature = sign('sha256', data, identity('ecdsa').key)
  assert.equal(check('ecdsa', 0x0401, signature).passed, false)
  assert.equal(check('rsa', 0x0403, signature).passed, false)
  assert.equal(check('rsa', 0x0807, signature).passed, false)
  assert.equal(check('ecdsa', 0xfefe, signature).passed, undefined)
})

test('without a readable certificate nothing is claimed', () => {
  const input = { algorithm: 0x0403, signature: data, signed, covers: 'it' }
  assert.equal(checkSignature({ ...input, certificate: undefined }).passed, undefined)
  assert.match(checkSignature({ ...input, certificate: Buffer.from('no') }).detail, /could not be read/)
})

test('the TLS 1.3 context names the sender', () => {
  const bytes = Buffer.from(signedInTls13('to-server', Buffer.from([1, 2])))
  assert.equal(bytes.toString('latin1'), `${' '.repeat(64)}TLS 1.3, client CertificateVerify\0\x01\x02`)
})
