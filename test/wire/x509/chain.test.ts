import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildChain, type ChainReport } from '../../../src/wire/x509/chain.ts'
import { ocspResponse } from './ocsp-response.ts'
import {
  caExtensions,
  everything,
  type Issued,
  intermediate,
  issue,
  keys,
  leaf,
  leafExtensions,
  noOpenssl,
  root,
  shared,
  today,
} from './openssl.ts'

const host = 'www.example.com'
const chainOf = (...issued: Issued[]): ChainReport =>
  buildChain(
    issued.map(one => one.der),
    { host, at: today, roots: [root().der] },
  )
const codes = (report: ChainReport): string[] =>
  report.problems.map(({ code, certificate }) => `${code} ${certificate}`)
const signedBy = (issuer: Issued | undefined, more: Partial<Parameters<typeof issue>[0]> = {}): Issued =>
  issue({
    key: keys.p256,
    subject: '/CN=www.example.com',
    extensions: leafExtensions('DNS:www.example.com'),
    ...(issuer && { issuer }),
    ...more,
  })
const stranger = (): Issued =>
  shared('stranger', () => issue({ key: keys.p256, subject: '/CN=Strange Root', extensions: caExtensions }))

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)

it('a good chain has no problems, and ends at a root that was not sent', () => {
  const report = chainOf(leaf(), intermediate())
  assert.deepEqual(report.problems, [])
  assert.deepEqual(
    [report.path, report.trusted, report.root?.subject.text],
    [[0, 1], true, 'CN=Test Root, O=Test, C=GB'],
  )
  assert.deepEqual(report.links, [
    { subject: 0, issuer: 1, verified: true },
    { subject: 1, issuer: 'root', verified: true },
  ])
  assert.equal(report.matchedName, 'www.example.com')
  assert.equal(report.daysLeft, (Date.UTC(2035, 0, 1) - today) / 86_400_000)
})

it('a root that was sent is a note, not an error', () => {
  const report = chainOf(leaf(), intermediate(), root())
  assert.deepEqual(codes(report), ['extra-certificate 2'])
  assert.deepEqual([report.problems[0]?.severity, report.trusted, report.path], ['note', true, [0, 1, 2]])
})

it('a missing intermediate is named by whom it should be', () => {
  const report = chainOf(leaf())
  assert.deepEqual(codes(report), ['incomplete-chain 0'])
  assert.match(report.problems[0]!.message, /CN=Test Intermediate, O=Test, C=GB, was not sent/)
  assert.equal(report.trusted, false)
})

it('a wrong order is put right, and told', () => {
  const swapped = chainOf(leaf(), root(), intermediate())
  assert.deepEqual([swapped.path, swapped.trusted], [[0, 2, 1], true])
  assert.deepEqual(codes(swapped), ['out-of-order 1', 'extra-certificate 1'])
  const upside = chainOf(intermediate(), leaf())
  assert.deepEqual([upside.path, codes(upside)], [[1, 0], ['out-of-order 1']])
  assert.equal(upside.problems[0]?.severity, 'error')
})

it('certificates that are strange or sent twice are extra', () => {
  const report = chainOf(leaf(), stranger(), intermediate(), intermediate())
  assert.deepEqual([report.path, report.trusted], [[0, 2], true])
  assert.deepEqual(codes(report), ['extra-certificate 1', 'extra-certificate 3'])
  assert.match(report.problems[1]!.message, /more than once/)
})

it('dates are judged at the time that is asked for', () => {
  const old = signedBy(root(), { from: '20200101000000Z', to: '20210101000000Z' })
  assert.deepEqual(codes(chainOf(old)), ['expired 0'])
  assert.equal(chainOf(old).problems[0]!.message, 'www.example.com expired on 2021-01-01 00:00 UTC.')
  assert.equal(chainOf(old).certificates[0]?.daysLeft, -1977)
  const future = signedBy(root(), { from: '20300101000000Z', to: '20310101000000Z' })
  assert.deepEqual(codes(chainOf(future)), ['not-yet-valid 0'])
})

it('a root of the store that has expired is a problem without an index', () => {
  const roots = [root().der]
  const report = buildChain([leaf().der, intermediate().der], { at: Date.UTC(2036, 0, 1), roots })
  assert.deepEqual(codes(report), ['expired 0', 'expired 1', 'expired undefined'])
})

it('self-signed, and a chain to a root that nobody trusts', () => {
  const self = signedBy(undefined, { extensions: 'subjectAltName = DNS:www.example.com' })
  assert.deepEqual(codes(chainOf(self)), ['self-signed 0'])
  assert.deepEqual(codes(chainOf(signedBy(stranger()), stranger())), ['untrusted-root 1', 'extra-certificate 1'])
  const pinned = buildChain([self.der], { host, at: today, roots: [self.der] })
  assert.deepEqual([pinned.problems, pinned.trusted], [[], true])
  const severity = (roots?: Uint8Array[]) => buildChain([self.der], { host, at: today, roots }).problems[0]?.severity
  assert.deepEqual([severity([]), severity()], ['error', 'warning'])
})

it('without roots trust is not judged', () => {
  const report = buildChain([leaf().der], { host, at: today })
  assert.deepEqual([report.problems, 'trusted' in report], [[], false])
})

it('an issuer of the right name and another key has not signed', () => {
  const twin = issue({
    key: keys.p256,
    subject: '/C=GB/O=Test/CN=Test Intermediate',
    issuer: root(),
    extensions: caExtensions,
  })
  const report = chainOf(leaf(), twin)
  assert.deepEqual([codes(report), report.trusted], [['bad-signature 0'], false])
  const both = chainOf(leaf(), twin, intermediate())
  assert.deepEqual([both.path, both.trusted, codes(both)], [[0, 2], true, ['extra-certificate 1']])
  const twinRoot = issue({ key: keys.p256, subject: '/C=GB/O=Test/CN=Test Root', extensions: caExtensions })
  assert.deepEqual(codes(chainOf(signedBy(twinRoot))), ['bad-signature 0'])
})

it('a certificate with the name of its authority is signed by it, for clients that know the authority', () => {
  const authority = issue({ key: keys.p256, subject: '/CN=www.example.com', extensions: caExtensions })
  const judge = (roots?: Uint8Array[]) => buildChain([signedBy(authority).der], { host, at: today, roots }).problems
  assert.deepEqual(judge([authority.der]), [])
  assert.deepEqual(
    [judge([root().der]), judge()].map(([problem]) => [problem?.code, problem?.severity]),
    [
      ['bad-signature', 'error'],
      ['bad-signature', 'warning'],
    ],
  )
})

it('a broken signature of the leaf is not trusted', () => {
  const broken = leaf().der.slice()
  broken[broken.length - 1]! ^= 1
  const report = buildChain([broken, intermediate().der], { host, at: today, roots: [root().der] })
  assert.deepEqual([codes(report), report.trusted], [['bad-signature 0'], false])
})

it('weak keys and digests', () => {
  const weak = signedBy(root(), { key: keys.rsa1024, digest: 'sha1' })
  assert.deepEqual(codes(chainOf(weak)), ['weak-key 0', 'weak-digest 0'])
})

it('the host must be among the names', () => {
  const other = buildChain([leaf().der, intermediate().der], { host: 'example.net', at: today })
  assert.deepEqual([codes(other), other.matchedName], [['wrong-host 0'], undefined])
  assert.match(other.problems[0]!.message, /for www\.example\.com, \*\.example\.org, 127\.0\.0\.1, 2001:db8::1\./)
  const match = (name: string) => buildChain([leaf().der], { host: name, at: today }).matchedName
  assert.deepEqual([match('a.example.org'), match('127.0.0.1')], ['*.example.org', '127.0.0.1'])
  const nameless = signedBy(root(), { extensions: '' })
  assert.match(chainOf(nameless).problems[0]!.message, /no alternative names/)
})

it('only an authority may sign, and only as deep as it is allowed', () => {
  assert.deepEqual(codes(chainOf(signedBy(leaf()), leaf(), intermediate())), ['not-a-ca 1', 'path-too-long 2'])
})

it('an authority that changed its key is not one more below itself', () => {
  const short = { key: keys.p256, issuer: root(), extensions: caExtensions.replace('CA:TRUE', 'CA:TRUE, pathlen:0') }
  const old = issue({ ...short, subject: '/CN=Changing' })
  const changed = issue({ ...short, subject: '/CN=Changing', issuer: old })
  const other = issue({ ...short, subject: '/CN=Other', issuer: old })
  assert.deepEqual(codes(chainOf(signedBy(changed), changed, old)), [])
  assert.deepEqual(
    chainOf(signedBy(other), other, old).problems.map(({ message }) => message),
    ['Changing allows no authority below it, but there is 1.'],
  )
})

it('an authority may sign only names that are permitted', () => {
  const narrow = shared('narrow', () => {
    const constraints = 'nameConstraints = critical, permitted;DNS:example.com, excluded;DNS:bad.example.com\n'
    return issue({ key: keys.p256, subject: '/CN=Narrow', issuer: root(), extensions: caExtensions + constraints })
  })
  const withNames = (names: string): ChainReport =>
    chainOf(signedBy(narrow, { extensions: leafExtensions(`DNS:www.example.com, ${names}`) }), narrow)
  assert.deepEqual(codes(withNames('DNS:example.com')), [])
  assert.deepEqual(codes(withNames('DNS:a.bad.example.com')), ['name-not-permitted 0'])
  assert.match(withNames('DNS:example.net').problems[0]!.message, /^Narrow may not sign for example\.net\.$/)
})

it('a critical extension that clients do not heed keeps them from the certificate', () => {
  assert.deepEqual(codes(chainOf(signedBy(everything()), everything())), ['unknown-critical-extension 1'])
})

it('a certificate for clients is no server certificate', () => {
  const extensions = leafExtensions('DNS:www.example.com').replace('serverAuth', 'clientAuth')
  assert.deepEqual(codes(chainOf(signedBy(root(), { extensions }))), ['wrong-purpose 0'])
})

it('a stapled response that says revoked is a problem, one that says good is none', () => {
  const ders = [leaf().der, intermediate().der]
  const judge = (ocsp: Uint8Array) => codes(buildChain(ders, { host, at: today, ocsp, roots: [root().der] }))
  assert.deepEqual(judge(ocspResponse('revoked', leaf(), intermediate())), ['revoked 0'])
  assert.deepEqual(judge(ocspResponse('good', leaf(), intermediate())), [])
  assert.deepEqual(judge(Uint8Array.of(1, 2, 3)), [])
})

it('where roots are unknown, an old root at the end of a longer chain is a warning and does not count the days', () => {
  const old = { key: keys.p256, extensions: caExtensions, from: '20200101000000Z', to: '20210101000000Z' }
  const oldRoot = issue({ ...old, subject: '/CN=Old Root' })
  const middle = issue({ key: keys.p256, subject: '/CN=Middle', extensions: caExtensions, issuer: oldRoot })
  const chain = [signedBy(middle), middle, oldRoot].map(({ der }) => der)
  const report = buildChain(chain, { host, at: today })
  assert.deepEqual(report.problems.map(({ severity, message }) => [severity, message])[0], [
    'warning',
    'Old Root expired on 2021-01-01 00:00 UTC; clients with a newer root do not mind.',
  ])
  assert.equal(report.daysLeft, (Date.UTC(2035, 0, 1) - today) / 86_400_000)
  const trusted = buildChain(chain, { host, at: today, roots: [oldRoot.der] })
  assert.deepEqual([trusted.problems[0]?.severity, trusted.daysLeft], ['error', -1977])
  const short = issue({ ...old, subject: '/CN=Short', issuer: root() })
  assert.equal(buildChain([signedBy(short).der, short.der], { host, at: today }).problems[0]?.severity, 'error')
})

test('what is no certificate is a problem, and no exception', () => {
  const report = buildChain([Uint8Array.of(1)], { at: 0, roots: [] })
  assert.deepEqual([codes(report), report.path, report.trusted], [['malformed 0'], [], false])
  assert.deepEqual(buildChain([], { at: 0 }).problems, [])
})

it('changed bytes anywhere in a chain never throw', () => {
  const ders = [leaf().der, intermediate().der, root().der]
  const change = fc.tuple(fc.nat(2), fc.nat(2000), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      const changed = ders.map(der => der.slice())
      for (const [which, at, value] of changes) changed[which]![at % changed[which]!.length] = value
      assert.equal(buildChain(changed, { host, at: today, roots: [root().der] }).certificates.length, 3)
    }),
  )
})
