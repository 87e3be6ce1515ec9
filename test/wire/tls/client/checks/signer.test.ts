import assert from 'node:assert/strict'
import { createPublicKey, sign } from 'node:crypto'
import { test } from 'node:test'
import {
  chainOf,
  checkKeyOfSuite,
  checkSigned,
  checkUsage,
  keyOf,
  schemesOf,
} from '../../../../../src/wire/tls/client/checks/signer.ts'
import { signed } from '../../../../../src/wire/tls/client/signing.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { type KeyKind, keyed, pem, textExtension } from '../certificate-of.ts'
import { type Offer, offer } from '../offer.ts'

const offered = (told: Offer = {}) => readClientHello(offer(told))
const chain = (kind: KeyKind, keyUsage?: number) =>
  chainOf({ certificates: [keyed(kind, keyUsage === undefined ? undefined : { keyUsage }).certificate] }, false)

test('a chain has certificates, none of them empty', () => {
  assert.throws(() => chainOf({ certificates: [] }, false), { alert: 50 })
  assert.throws(() => chainOf({ certificates: [Buffer.alloc(0)] }, false), { alert: 50 })
  assert.throws(() => chainOf({ certificates: [Buffer.alloc(60_000), Buffer.alloc(42_401)] }, false), { alert: 42 })
  const ocspResponse = Buffer.of(1)
  assert.deepEqual(chainOf({ certificates: [Buffer.of(1)], ocspResponse }, false).ocsp, ocspResponse)
})

test('the key of a certificate, or a bare one', () => {
  assert.equal(keyOf(chain('P-256')).asymmetricKeyType, 'ec')
  const spki = createPublicKey(keyed('ed25519').key).export({ format: 'der', type: 'spki' })
  assert.equal(keyOf({ certificates: [spki], rawKey: true }).asymmetricKeyType, 'ed25519')
  for (const rawKey of [true, false])
    assert.throws(() => keyOf({ certificates: [Buffer.of(0x30, 0)], rawKey }), { alert: 42 })
})

test('a certificate has no other key than the one that its issuer signed', () => {
  const other = keyed('ed25519').certificate
  const { certificate } = keyed('P-256', { extensions: [textExtension(`\n${pem(other)}`)] })
  for (const der of [certificate, Buffer.from(pem(other)), Buffer.concat([other, Buffer.of(0)])])
    assert.throws(() => keyOf({ certificates: [der], rawKey: false }), { alert: 42 })
})

test('a key is used for what its certificate allows', () => {
  checkUsage(chain('P-256'), 'digitalSignature')
  checkUsage(chain('P-256', 0x80), 'digitalSignature')
  checkUsage(chain('rsa', 0xa0), 'keyEncipherment')
  assert.throws(() => checkUsage(chain('rsa', 0x20), 'digitalSignature'), { alert: 47 })
  assert.throws(() => checkUsage(chain('rsa', 0x80), 'keyEncipherment'), { alert: 47 })
  assert.throws(() => checkUsage({ certificates: [Buffer.of(1)], rawKey: false }, 'digitalSignature'), { alert: 42 })
})

test('up to TLS 1.2 the suite names the kind of key, and the groups its curve', () => {
  const check = (suite: number, kind: KeyKind, told: Offer = {}): void =>
    checkKeyOfSuite(cipherSuiteFacts(suite)!, keyOf(chain(kind)), offered(told))
  check(0xc02f, 'rsa')
  check(0xc02f, 'rsa-pss')
  check(0x009c, 'rsa')
  check(0xc02b, 'P-384')
  check(0xc02b, 'ed25519')
  check(0xc02b, 'P-384', { without: [10] })
  for (const [suite, kind, told] of [
    [0x009c, 'rsa-pss', {}],
    [0xc02f, 'P-256', {}],
    [0xc02b, 'rsa', {}],
    [0xc02b, 'P-384', { groups: [29, 23] }],
  ] as const)
    assert.throws(() => check(suite, kind, told), { alert: 47 }, `${suite} ${kind}`)
})

test('a signature is by an offered scheme that fits the key, and right', () => {
  const over = [Buffer.from('one'), Buffer.from('two')]
  const check = (kind: KeyKind, scheme: number, version: number, told: Offer = {}, flip = 0): void => {
    const { key } = keyed(kind)
    const signature = signed(key, scheme, Buffer.concat(over))
    signature[signature.length - 1]! ^= flip
    const by = { scheme, signature, over, key: keyOf(chain(kind)) }
    checkSigned(by, schemesOf(offered(told), version), version)
  }
  check('rsa', 0x0804, 0x0304)
  check('rsa', 0x0401, 0x0303)
  check('P-384', 0x0503, 0x0304)
  check('ed25519', 0x0807, 0x0304)
  assert.throws(() => check('rsa', 0x0804, 0x0304, { schemes: [0x0403] }), { alert: 47 })
  assert.throws(() => check('rsa', 0x0401, 0x0304), { alert: 47 })
  assert.throws(() => check('rsa', 0x0804, 0x0304, {}, 1), { alert: 51 })
  assert.throws(() => check('P-256', 0x0403, 0x0304, {}, 1), { alert: 51 })
})

test('TLS 1.2 without signature_algorithms takes SHA-1; TLS 1.3 takes nothing', () => {
  const hello = offered({ without: [13] })
  assert.deepEqual(schemesOf(hello, 0x0303), [0x0201, 0x0202, 0x0203])
  assert.deepEqual(schemesOf(hello, 0x0304), [])
})

test('before TLS 1.2 the key decides, and EdDSA does not sign', () => {
  const over = [Buffer.from('parameters')]
  const by = (kind: KeyKind, signature: Buffer) => ({
    scheme: undefined,
    signature,
    over,
    key: keyOf(chain(kind)),
  })
  checkSigned(by('P-256', sign('sha1', over[0]!, keyed('P-256').key)), [], 0x0301)
  const edwards = by('ed25519', sign(null, over[0]!, keyed('ed25519').key))
  assert.throws(() => checkSigned(edwards, [], 0x0301), { alert: 47 })
})
