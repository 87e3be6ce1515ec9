import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls, { type SecureContext } from 'node:tls'
import { replay } from '../../../../src/proxy/leg/exact/openssl-replay.ts'
import { replayOffer } from '../../../../src/proxy/leg/exact/replay-server.ts'
import {
  alternativeNames,
  authority,
  ecKeys,
  extension,
  generalName,
  keysOf,
  type Minted,
  mint,
  nameConstraints,
  purposes,
  type Wish,
} from '../../../wire/x509/mint.ts'
import { pemOf } from './pem.ts'

const forHost = alternativeNames(generalName(2, 'good.test'))
const root = mint({ subject: 'CN=root', extensions: [authority()] })
const issuer = mint({ subject: 'CN=issuer', issuer: root, extensions: [authority()] })
const context = tls.createSecureContext({ ...replayOffer, ciphers: 'DEFAULT@SECLEVEL=2', ca: [pemOf(root.der)] })
const leafBy = (by: Minted, wish: Partial<Wish> = {}): Minted =>
  mint({ issuer: by, subject: 'CN=leaf', ...wish, extensions: [forHost, ...(wish.extensions ?? [])] })
const leaf = leafBy(issuer)

const codeOf = async (chain: readonly Uint8Array[], by: SecureContext = context): Promise<string | undefined> => {
  const replayed = await replay(chain, by)
  assert.ok(replayed, 'judged')
  assert.deepEqual(Buffer.from(replayed.peer.raw), Buffer.from(chain[0]!))
  return replayed.code
}

/** What OpenSSL says of the same chain in a whole handshake with a server that has the key. */
function handshakeCode(server: Minted, chain: readonly Uint8Array[]): Promise<string | undefined> {
  const [near, far] = duplexPair()
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const cert = chain.map(pemOf).join('')
  const serving = new tls.TLSSocket(far, {
    isServer: true,
    secureContext: tls.createSecureContext({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0' }),
  })
  serving.on('error', () => {})
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ socket: near, secureContext: context, host: 'good.test', rejectUnauthorized: false })
    socket.on('error', reject).once('secureConnect', () => {
      const error = socket.authorizationError as NodeJS.ErrnoException | string | null
      resolve(typeof error === 'string' ? error : (error?.code ?? undefined))
      socket.destroy()
      serving.destroy()
    })
  })
}

const stranger = mint({ subject: 'CN=stranger', extensions: [authority()] })
const none = mint({ subject: 'CN=none', issuer: root, extensions: [authority(0)] })
const narrow = mint({
  subject: 'CN=narrow',
  issuer: root,
  extensions: [authority(), nameConstraints([generalName(2, 'other.test')])],
})
const faults: Readonly<Record<string, readonly [Minted, ...Minted[]]>> = {
  'nothing is wrong': [leaf, issuer],
  'the issuer is missing': [leaf],
  'the root is sent': [leaf, issuer, root],
  'the order is wrong': [leaf, root, issuer],
  'it has expired': [leafBy(issuer, { to: '20010101000000Z' }), issuer],
  'it is not valid yet': [leafBy(issuer, { from: '99980101000000Z' }), issuer],
  'nobody knows the root': [leafBy(stranger), stranger],
  'nobody knows the issuer': [leafBy(stranger)],
  'it signed itself': [stranger],
  'no authority signed it': [leafBy(leaf), leaf, issuer],
  'the path is too long': [leafBy(mint({ subject: 'CN=below', issuer: none, extensions: [authority()] })), none],
  'it is for clients': [leafBy(issuer, { extensions: [purposes('1.3.6.1.5.5.7.3.2')] }), issuer],
  'its names are not permitted': [leafBy(narrow), narrow],
  'an extension is critical and unknown': [
    leafBy(issuer, { extensions: [extension('1.2.3', Buffer.of(5, 0), true)] }),
    issuer,
  ],
  'SHA-1 signed it': [leafBy(issuer, { hash: 'sha1' }), issuer],
}

for (const [what, chain] of Object.entries(faults))
  test(`a replay says what a handshake says: ${what}`, async () => {
    const ders = chain.map(one => one.der)
    const wanted = await handshakeCode(chain[0], ders)
    assert.equal(await codeOf(ders), wanted)
    assert.equal(wanted === undefined, ['nothing is wrong', 'the root is sent', 'the order is wrong'].includes(what))
  })

test('keys of every kind are judged, ML-DSA and curves that NIST has not named too', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  const brainpool = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
  const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const own = ['ed25519', 'ed448', 'ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'].map(keysOf)
  for (const keys of [rsa, pss, brainpool, bitcoin, ecKeys(), ...own]) {
    assert.equal(await codeOf([leafBy(issuer, { keys }).der, issuer.der]), undefined)
    assert.equal(await codeOf([leafBy(issuer, { keys, to: '20010101000000Z' }).der, issuer.der]), 'CERT_HAS_EXPIRED')
  }
})

test('an authority may have an ML-DSA key', async () => {
  const keys = keysOf('ml-dsa-65')
  const modern = mint({ subject: 'CN=modern', issuer: root, keys, extensions: [authority()] })
  const good = leafBy(modern, { keys: keysOf('ml-dsa-44') })
  assert.equal(await codeOf([good.der, modern.der]), undefined)
  const damaged = Buffer.from(good.der)
  damaged[damaged.length - 9]! ^= 1
  assert.equal(await codeOf([damaged, modern.der]), 'CERT_SIGNATURE_FAILURE')
})

test('what OpenSSL cannot read or knows no TLS key of is not judged', async () => {
  const agreement = leafBy(issuer, { keys: keysOf('x25519') })
  for (const chain of [
    [],
    [Buffer.alloc(0)],
    [Buffer.from('nothing')],
    [Buffer.concat([leaf.der, Buffer.of(0)]), issuer.der],
    [leaf.der, Buffer.alloc(0)],
    [leaf.der, Buffer.from('nothing')],
    [leaf.der.subarray(0, -1), issuer.der],
    [agreement.der, issuer.der],
    Array<Buffer>(2000).fill(leaf.der),
  ])
    assert.equal(await replay(chain, context), undefined)
})

test('a leaf that OpenSSL would write otherwise is not judged', async () => {
  const long = Buffer.concat([Buffer.of(0x30, 0x83, 0), leaf.der.subarray(2)]) // a length octet more than needed
  assert.equal(await replay([long, issuer.der], context), undefined)
})

test('many replays at once do not mix', async () => {
  const all = Object.values(faults).map(chain => chain.map(one => one.der))
  const alone: (string | undefined)[] = []
  for (const chain of all) alone.push(await codeOf(chain))
  assert.deepEqual(await Promise.all(all.map(chain => codeOf(chain))), alone)
})
