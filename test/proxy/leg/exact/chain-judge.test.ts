import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import fc from 'fast-check'
import { ChainJudge } from '../../../../src/proxy/leg/exact/chain-judge.ts'
import type { Fault } from '../../../../src/proxy/leg/verification.ts'
import {
  alternativeNames,
  authority,
  generalName,
  keysOf,
  type Minted,
  mint,
  type Wish,
} from '../../../wire/x509/mint.ts'
import { ocspResponse } from '../../../wire/x509/ocsp-response.ts'
import * as openssl from '../../../wire/x509/openssl.ts'
import { pemOf } from './pem.ts'

const root = mint({ subject: 'CN=root', extensions: [authority()] })
const issuer = mint({ subject: 'CN=issuer', issuer: root, extensions: [authority()] })
const judge = new ChainJudge([pemOf(root.der)])
const leafFor = (names: readonly Buffer[], wish: Partial<Wish> = {}): Minted =>
  mint({ issuer, subject: 'CN=leaf', ...wish, extensions: names.length > 0 ? [alternativeNames(...names)] : [] })
const leaf = leafFor([
  generalName(2, 'good.test'),
  generalName(2, '*.wild.test'),
  generalName(7, Buffer.of(127, 0, 0, 1)),
])
const chain = { certificates: [leaf.der, issuer.der] }
const asked = { host: 'good.test', allowsWeak: false }
const said = (fault: Fault | undefined): string => (fault ? `${fault.problem.code} ${fault.alert}` : 'good')
const of = async (certificates: readonly Uint8Array[], host = 'good.test', allowsWeak = false): Promise<string> =>
  said(await judge.judge({ certificates }, { host, allowsWeak }))

test('the first answer is waited for, the next are at hand', async () => {
  const own = new ChainJudge([pemOf(root.der)])
  const [first, same] = [own.judge(chain, asked), own.judge(chain, asked)]
  assert.ok(first instanceof Promise && same instanceof Promise)
  assert.deepEqual([await first, await same], [undefined, undefined])
  assert.equal(own.judge(chain, asked), undefined)
  const wrong = { ...asked, host: 'other.test' }
  assert.equal(said(await own.judge(chain, wrong)), 'tls/certificate-wrong-host 42')
  const again = own.judge(chain, wrong)
  assert.ok(!(again instanceof Promise))
  assert.equal(said(again), 'tls/certificate-wrong-host 42')
})

test('names are judged as Node does: wildcards, addresses, and the common name where no other name is', async () => {
  const ask = (host: string, one: Minted = leaf): Promise<string> => of([one.der, issuer.der], host)
  const wrong = 'tls/certificate-wrong-host 42'
  assert.deepEqual(
    await Promise.all(
      ['a.wild.test', 'a.b.wild.test', 'GOOD.test', 'good.test.', '127.0.0.1', '127.0.0.2'].map(h => ask(h)),
    ),
    ['good', wrong, 'good', 'good', 'good', wrong],
  )
  const common = leafFor([], { subject: 'CN=common.test' })
  assert.deepEqual([await ask('common.test', common), await ask('leaf', leaf)], ['good', wrong])
  const six = leafFor([generalName(7, Buffer.from('00000000000000000000000000000001', 'hex'))])
  assert.equal(await ask('::1', six), 'good')
})

test('a name with a quote or a comma in it does not pass for two', async () => {
  const sly = leafFor([generalName(6, 'http://x/, DNS:good.test'), generalName(2, 'x", DNS:good.test')])
  assert.match(await of([sly.der, issuer.der]), /^tls\/certificate-(wrong-host|invalid) /)
})

test('a key on a curve without a NIST name is judged, and its names too', async () => {
  const { generateKeyPairSync } = await import('node:crypto')
  const keys = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const strange = leafFor([generalName(2, 'good.test')], { keys })
  assert.deepEqual(
    [await of([strange.der, issuer.der]), await of([strange.der, issuer.der], 'b.test')],
    ['good', 'tls/certificate-wrong-host 42'],
  )
  assert.equal(
    await of([leafFor([generalName(2, 'good.test')], { keys: keysOf('ml-dsa-44') }).der, issuer.der]),
    'good',
  )
})

test('weakness is refused unless it is allowed', async () => {
  const weak = leafFor([generalName(2, 'good.test')], { hash: 'sha1' })
  assert.equal(await of([weak.der, issuer.der]), 'tls/certificate-weak-digest 42')
  assert.equal(await of([weak.der, issuer.der], 'good.test', true), 'good')
})

test('what cannot be judged is refused', async () => {
  for (const certificates of [[], [Buffer.alloc(0)], [leaf.der, Buffer.alloc(0)], [Buffer.from('no')]])
    assert.equal(await of(certificates), 'tls/certificate-invalid 42')
  const many = judge.judge({ certificates: Array(101).fill(leaf.der) }, asked)
  const large = judge.judge({ certificates: [leaf.der, Buffer.alloc(102_400)] }, asked)
  assert.ok(!(many instanceof Promise) && !(large instanceof Promise))
  assert.deepEqual([said(many), said(large)], ['tls/certificate-invalid 42', 'tls/certificate-invalid 42'])
})

test('who was given no root trusts nobody', async () => {
  for (const roots of [[], ['nonsense']])
    assert.equal(said(await new ChainJudge(roots).judge(chain, asked)), 'tls/certificate-untrusted-root 48')
})

test('what is stapled counts each time, whatever is known of the chain', { skip: openssl.noOpenssl }, async () => {
  const [mine, its] = [openssl.leaf(), openssl.intermediate()]
  const own = new ChainJudge([pemOf(openssl.root().der)])
  const certificates = [mine.der, its.der]
  const ask = async (status?: 'good' | 'revoked'): Promise<string> =>
    said(
      await own.judge(
        { certificates, ...(status && { ocsp: ocspResponse(status, mine, its) }) },
        { host: 'www.example.com', allowsWeak: false },
      ),
    )
  const revoked = 'tls/certificate-revoked 44'
  assert.deepEqual([await ask(), await ask('revoked'), await ask('good')], ['good', revoked, 'good'])
})

test('without roots those of the process count', async () => {
  const before = tls.getCACertificates('default')
  tls.setDefaultCACertificates([pemOf(root.der)])
  try {
    assert.equal(await new ChainJudge().judge(chain, asked), undefined)
  } finally {
    tls.setDefaultCACertificates(before)
  }
  assert.equal(said(await new ChainJudge().judge(chain, asked)), 'tls/certificate-untrusted-root 48')
})

test('an issuer whose key cannot be read does no harm', async () => {
  const at = issuer.der.indexOf(Buffer.from('03420004', 'hex')) // the point of a key on P-256
  const damaged = Buffer.from(issuer.der)
  damaged[at + 3] = 9
  assert.match(await of([leaf.der, damaged]), /^tls\/certificate-/)
})

test('no damage to a leaf is accepted, and none does any harm', async () => {
  const damage = fc.record({ at: fc.nat(leaf.der.length - 1), bits: fc.integer({ min: 1, max: 255 }) })
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, bits }) => {
      const damaged = Buffer.from(leaf.der)
      damaged[at]! ^= bits
      assert.notEqual(await of([damaged, issuer.der]), 'good')
    }),
    { numRuns: 300 },
  )
})
