import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ecdsaWithSha256, nameOf, sha256WithRsa } from '../../ca/certificate.ts'
import * as der from '../../ca/der.ts'
import * as extensions from '../../ca/extensions.ts'
import { readHostName } from '../../ca/host-name.ts'
import { makeIntermediate } from '../../ca/intermediate.ts'
import { rootIssuer } from '../../ca/issuer.ts'
import { validityOf } from '../../ca/leaf.ts'
import { LeafKeys } from '../../ca/leaf-keys.ts'
import { readLikeness } from '../../ca/likeness.ts'
import { unsignedLeaf } from '../../ca/unsigned-leaf.ts'
import { day, now, realCertificate, rootFor, subjectAltName } from './make.ts'

const root = await rootFor()
const intermediate = await makeIntermediate(root, now)
const keys = new LeafKeys()
const validity = validityOf(now, root.notAfter.getTime())

interface Expected {
  readonly host: string
  readonly like?: Parameters<typeof realCertificate>[0]
  /** Absent: an empty subject. */
  readonly commonName?: string
  readonly dnsNames?: readonly string[]
  readonly addresses?: readonly Buffer[]
}

const v4 = Buffer.of(10, 0, 0, 1)
const v6 = Buffer.from('20010db8000000000000000000000001', 'hex')
const longName = `${'a'.repeat(60)}.test`
const many = Array.from({ length: 500 }, (_, i) => `${'n'.repeat(200)}${i}.test`)

const leaves: readonly Expected[] = [
  { host: 'a.test', commonName: 'a.test', dnsNames: ['a.test'] },
  { host: '10.0.0.1', commonName: '10.0.0.1', addresses: [v4] },
  { host: '[2001:db8::1]', commonName: '2001:db8::1', addresses: [v6] },
  { host: 'bücher.test', commonName: 'xn--bcher-kva.test', dnsNames: ['xn--bcher-kva.test'] },
  { host: 'my_app.a.test', commonName: 'my_app.a.test', dnsNames: ['my_app.a.test', '*.a.test'] },
  { host: longName, dnsNames: [longName] },
  { host: 'a.test', like: { dnsNames: ['*.b.test', 'A.test'] }, dnsNames: ['a.test', '*.b.test'] },
  {
    host: 'a.test',
    like: { key: 'rsa', commonName: 'Ré', dnsNames: ['b.test'], addresses: [v6, v4, v6] },
    commonName: 'Ré',
    dnsNames: ['a.test', 'b.test'],
    addresses: [v6, v4],
  },
  { host: 'a.test', like: { dnsNames: many }, dnsNames: ['a.test', ...many] },
]

/** What forge makes of the same statement. */
function byForge(serial: der.Node, expected: Expected, type: 'ec' | 'rsa', publicKey: Buffer): Buffer {
  const { commonName, dnsNames = [], addresses = [] } = expected
  const [issuer, keyIdentifier] =
    type === 'rsa' ? [root.subject, root.keyIdentifier!] : [der.decode(intermediate.name), idOfIntermediate]
  const usage = expected.like?.key === 'rsa' ? extensions.keyUsages.signAndEncipher : extensions.keyUsages.sign
  const fields = [
    extensions.leafConstraints(),
    extensions.keyUsage(usage),
    extensions.serverAuth(),
    subjectAltName(dnsNames, addresses, commonName === undefined),
    extensions.authorityKeyIdentifier(keyIdentifier),
  ]
  return der.encode(
    der.sequence(
      der.tagged(0, der.integer(Buffer.of(2))),
      serial,
      type === 'rsa' ? sha256WithRsa : ecdsaWithSha256,
      issuer,
      der.sequence(der.time(validity.notBefore), der.time(validity.notAfter)),
      commonName === undefined ? nameOf() : nameOf([extensions.oids.commonName, commonName]),
      der.decode(publicKey),
      der.tagged(3, der.sequence(...fields)),
    ),
  )
}

const idOfIntermediate = intermediate.authorityKeyIdentifier.subarray(-20)

for (const issuer of [intermediate, rootIssuer(root)])
  test(`what a leaf says under an ${issuer.type} key is, byte for byte, what forge makes of it`, async () => {
    for (const expected of leaves) {
      const like = expected.like && readLikeness(await realCertificate(expected.like))
      const key = await keys.keyOf(like?.keyType ?? 'ec')
      const made = unsignedLeaf(issuer, key, readHostName(expected.host), like, validity)
      const serial = der.itemsOf(der.decode(made))[1]!
      assert.deepEqual(made, byForge(serial, expected, issuer.type, key.publicKey), expected.host)
    }
  })

test('a period that ends after 2049 is written as the rules want it', async () => {
  const at = Date.UTC(2049, 11, 31)
  const period = validityOf(at, at + 9999 * day)
  const made = unsignedLeaf(intermediate, await keys.keyOf('ec'), readHostName('a.test'), undefined, period)
  assert.deepEqual(
    der.encode(der.itemsOf(der.decode(made))[4]!),
    der.encode(der.sequence(der.time(period.notBefore), der.time(period.notAfter))),
  )
})
