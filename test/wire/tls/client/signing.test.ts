import assert from 'node:assert/strict'
import { constants, createPublicKey, publicDecrypt, verify } from 'node:crypto'
import { test } from 'node:test'
import { checkSignature } from '../../../../src/wire/tls/checks/signature.ts'
import { fits, schemeFor, signed, signedLegacy } from '../../../../src/wire/tls/client/signing.ts'
import { digest } from '../../../../src/wire/tls/prf.ts'
import { type KeyKind, keyed } from './certificate-of.ts'

const modern: readonly (readonly [KeyKind, readonly number[]])[] = [
  ['rsa', [0x0804, 0x0805, 0x0806]],
  ['rsa-pss', [0x0809, 0x080a, 0x080b]],
  ['P-256', [0x0403]],
  ['P-384', [0x0503]],
  ['P-521', [0x0603]],
  ['brainpoolP256r1', [0x081a]],
  ['ed25519', [0x0807]],
  ['ed448', [0x0808]],
]
const all = [
  ...[0x0101, 0x0201, 0x0203, 0x0301, 0x0401, 0x0403, 0x0501, 0x0503, 0x0601, 0x0603],
  ...[0x0804, 0x0805, 0x0806, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x081a, 0x081b, 0x081c, 0x0904, 0x0a0a],
]

test('in TLS 1.3 a key has the schemes of its kind and curve, and what they sign is right', () => {
  const data = Buffer.from('what is signed')
  for (const [kind, schemes] of modern) {
    const { key, certificate } = keyed(kind)
    assert.deepEqual(
      all.filter(scheme => fits(scheme, key, true)),
      schemes,
      kind,
    )
    for (const algorithm of schemes) {
      const signature = signed(key, algorithm, data)
      const check = checkSignature({ algorithm, signature, certificate, signed: [data], covers: '' })
      assert.equal(check.passed, true, `${kind} ${algorithm}`)
    }
  }
})

test('in TLS 1.2 the curve is free, and PKCS #1 signs', () => {
  const taken = (kind: KeyKind): readonly number[] => all.filter(scheme => fits(scheme, keyed(kind).key, false))
  assert.deepEqual(taken('rsa'), [0x0201, 0x0301, 0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806])
  assert.deepEqual(taken('P-384'), [0x0203, 0x0403, 0x0503, 0x0603])
  assert.deepEqual(taken('ed25519'), [0x0807])
})

test("the first scheme of the server's that fits is ours, but none of SHA-1", () => {
  const { key } = keyed('rsa')
  assert.equal(schemeFor(key, [0x0403, 0x0201, 0x0401, 0x0804], false), 0x0401)
  assert.equal(schemeFor(key, [0x0403, 0x0201, 0x0401, 0x0804], true), 0x0804)
  assert.equal(schemeFor(key, [0x0201], false), undefined)
})

test('before TLS 1.2 RSA signs MD5 and SHA-1 without their names, and ECDSA SHA-1', () => {
  const messages = [Buffer.from('one'), Buffer.from('two')]
  const rsa = keyed('rsa').key
  const recovered = publicDecrypt(
    { key: createPublicKey(rsa), padding: constants.RSA_PKCS1_PADDING },
    signedLegacy(rsa, messages),
  )
  assert.deepEqual(recovered, Buffer.from(digest('md5-sha1', messages)))
  const ec = keyed('P-256').key
  assert.ok(verify('sha1', Buffer.concat(messages), createPublicKey(ec), signedLegacy(ec, messages)))
})
