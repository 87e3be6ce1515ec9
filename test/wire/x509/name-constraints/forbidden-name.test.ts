import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import { replay } from '../../../../src/proxy/leg/exact/openssl-replay.ts'
import { replayOffer } from '../../../../src/proxy/leg/exact/replay-server.ts'
import { readCertificate } from '../../../../src/wire/x509/certificate.ts'
import { forbiddenName, mostComparisons } from '../../../../src/wire/x509/name-constraints/forbidden-name.ts'
import { pemOf } from '../../../proxy/leg/exact/pem.ts'
import {
  alternativeNames,
  authority,
  ecKeys,
  generalName,
  ia5String,
  mint,
  name,
  nameConstraints,
  printableString,
} from '../mint.ts'

const keys = ecKeys()
const root = mint({ subject: 'CN=root', extensions: [authority()] })
const constrained = (permitted: readonly Buffer[], excluded: readonly Buffer[] = []) =>
  mint({ subject: 'CN=ca', issuer: root, keys, extensions: [authority(), nameConstraints(permitted, excluded)] })
const withNames = (issuer: ReturnType<typeof mint>, names: readonly Buffer[], subject: string | Buffer = '') =>
  mint({ subject, issuer, keys, extensions: names.length > 0 ? [alternativeNames(...names)] : [] })

function forbidden(issuer: Uint8Array, leaf: Uint8Array, left = mostComparisons): string | undefined {
  return forbiddenName(readCertificate(leaf), readCertificate(issuer).nameConstraints!, { left })?.value
}

const octets = (address: string): Buffer => Buffer.from(address.split('.').map(Number))
const [email, dns, directory, uri, ip] = [1, 2, 4, 6, 7]
const forms: readonly (readonly [number, readonly (string | Buffer)[], readonly (string | Buffer)[]])[] = [
  [
    dns,
    ['a.test', 'b.a.test', 'xa.test', 'A.TEST', '*.a.test', 'test'],
    ['a.test', '.a.test', 'A.Test', 'test', '', '.'],
  ],
  [email, ['u@a.test', 'U@a.test', 'u@b.a.test', '"x@y"@a.test'], ['a.test', '.a.test', 'u@a.test', 'u@A.test', '']],
  [
    uri,
    ['http://a.test/', 'http://b.a.test:80/x', 'https://u@a.test', 'http://a.test?x'],
    ['a.test', '.a.test', '.test', ''],
  ],
  [
    ip,
    [octets('10.1.2.3'), octets('10.2.2.3'), Buffer.alloc(16)],
    [octets('10.1.0.0.255.255.0.0'), octets('10.9.9.9.255.0.0.0'), Buffer.alloc(8), Buffer.alloc(32)],
  ],
  [
    directory,
    ['C=GB/O=a', 'C=gb/O=A ', 'C=GB/O=a/OU=b', 'C=US/O=a', 'O=a/C=GB', 'C=GB/O=ab', 'O=a+C=GB', ''].map(path =>
      name(path),
    ),
    [name('C=GB/O=a', printableString), ...['C=gb', 'O=a', '', 'C=GB/O= A'].map(path => name(path))],
  ],
]

test('OpenSSL forbids the same names', async () => {
  const context = tls.createSecureContext({ ...replayOffer, ca: [pemOf(root.der)] })
  for (const [form, names, bases] of forms)
    for (const base of bases.map(base => [generalName(form, base)]))
      for (const issuer of [constrained(base), constrained([], base)])
        for (const one of names) {
          const leaf = withNames(issuer, [generalName(form, one)])
          const judged = await replay([leaf.der, issuer.der], context)
          assert.equal(judged?.code !== undefined, forbidden(issuer.der, leaf.der) !== undefined, `${base} ${one}`)
        }
})

test('one base that permits is enough, one that excludes too', () => {
  const both = constrained([generalName(dns, 'a.test'), generalName(dns, 'b.test')], [generalName(dns, 'x.a.test')])
  const of = (...names: string[]): string | undefined =>
    forbidden(
      both.der,
      withNames(
        both,
        names.map(one => generalName(dns, one)),
      ).der,
    )
  assert.deepEqual(
    [of('a.test', 'c.b.test'), of('a.test', 'c.test'), of('x.a.test')],
    [undefined, 'c.test', 'x.a.test'],
  )
})

test('a constraint of one form says nothing of another', () => {
  const issuer = constrained([generalName(dns, 'a.test')])
  const names = [generalName(email, 'u@b.test'), generalName(ip, octets('10.1.2.3')), generalName(8, Buffer.of(42))]
  assert.equal(forbidden(issuer.der, withNames(issuer, names, 'CN=b').der), undefined)
  const numbers = constrained([generalName(8, Buffer.of(43))])
  assert.equal(forbidden(numbers.der, withNames(numbers, names).der), undefined)
})

test('the subject is a directory name, and its mail address counts where it has no other name', () => {
  const places = constrained([generalName(directory, name('C=GB'))])
  assert.equal(forbidden(places.der, withNames(places, [], 'C=GB/CN=a').der), undefined)
  assert.equal(forbidden(places.der, withNames(places, [], 'C=US/CN=a').der), 'CN=a, C=US')
  assert.equal(forbidden(places.der, withNames(places, [generalName(dns, 'a')]).der), undefined)
  const mails = constrained([generalName(email, 'a.test')])
  const subject = name('emailAddress=u@b.test', ia5String)
  assert.equal(forbidden(mails.der, withNames(mails, [], subject).der), 'u@b.test')
  assert.equal(forbidden(mails.der, withNames(mails, [generalName(dns, 'a')], subject).der), undefined)
})

test('what cannot be compared is not permitted, but not excluded', () => {
  const odd = [generalName(uri, 'urn:x')]
  const [only, never] = [constrained([generalName(uri, 'a.test')]), constrained([], [generalName(uri, 'a.test')])]
  assert.equal(forbidden(only.der, withNames(only, odd).der), 'urn:x')
  assert.equal(forbidden(never.der, withNames(never, odd).der), undefined)
})

test('nothing is said once too much was compared', () => {
  const issuer = constrained([generalName(dns, 'a.test')])
  const leaf = withNames(issuer, [generalName(dns, 'a.test'), generalName(dns, 'b.test')])
  assert.deepEqual([forbidden(issuer.der, leaf.der, 2), forbidden(issuer.der, leaf.der, 1)], ['b.test', undefined])
})
