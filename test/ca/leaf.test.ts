import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pemOf } from '../../ca/certificate.ts'
import { readAltNames, readCertificateParts } from '../../ca/certificate-parts.ts'
import { encode, octets } from '../../ca/der.ts'
import { oids } from '../../ca/extensions.ts'
import { readHostName } from '../../ca/host-name.ts'
import { makeIntermediate } from '../../ca/intermediate.ts'
import { type Issuer, rootIssuer } from '../../ca/issuer.ts'
import { type Leaf, leafCacheKey, mintLeaf, validityOf } from '../../ca/leaf.ts'
import { LeafKeys } from '../../ca/leaf-keys.ts'
import { readLikeness } from '../../ca/likeness.ts'
import { day, folderFor, now, realCertificate, rootFor } from './make.ts'

const root = await rootFor()
const issuers = { ec: await makeIntermediate(root, now), rsa: rootIssuer(root) }
const keys = new LeafKeys()

async function mint(
  host: string,
  like?: Buffer,
  signature: Issuer['type'] = 'ec',
): Promise<{ leaf: Leaf; certificate: X509Certificate }> {
  const likeness = like && readLikeness(like)
  const key = await keys.keyOf(likeness?.keyType ?? 'ec')
  const leaf = await mintLeaf(issuers[signature], key, readHostName(host), likeness, now)
  return { leaf, certificate: new X509Certificate(leaf.der) }
}

const noOpenssl = spawnSync('openssl', ['version']).status !== 0 && 'openssl is not on PATH'

const verifyArguments = (folder: string, name: string): string[] => [
  ...['verify', '-x509_strict', '-check_ss_sig', '-purpose', 'sslserver', '-verify_hostname', name],
  ...['-CAfile', join(folder, 'root.pem'), '-untrusted', join(folder, 'chain.pem'), join(folder, 'chain.pem')],
]

const namesOf = (leaf: Leaf) => readAltNames(readCertificateParts(leaf.der).extensions.get(oids.subjectAltName)!)

const [intermediate] = issuers.ec.chain.split(/(?<=-----END CERTIFICATE-----\n)/).map(pem => new X509Certificate(pem))
const signers = { ec: intermediate!, rsa: root.certificate }

for (const signature of ['ec', 'rsa'] as const) {
  test(`a plain leaf is for its host, signed with ${signature}, no CA, and shown with all above it`, async () => {
    const { leaf, certificate } = await mint('a.test', undefined, signature)
    assert.equal(certificate.subject, 'CN=a.test')
    assert.equal(certificate.checkHost('a.test'), 'a.test')
    assert.equal(certificate.checkHost('b.test'), undefined)
    assert.ok(certificate.verify(signers[signature].publicKey))
    assert.ok(certificate.checkIssued(signers[signature]))
    assert.ok(!certificate.ca)
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
    assert.equal(leaf.keyType, 'ec')
    assert.equal(leaf.notAfter.getTime(), certificate.validToDate.getTime())
    const between = signature === 'ec' ? pemOf(intermediate!.raw) : ''
    assert.equal(leaf.chain, pemOf(leaf.der) + between + pemOf(root.certificate.raw))
  })

  test(`openssl verify -x509_strict accepts the chain signed with ${signature}`, { skip: noOpenssl }, async t => {
    const folder = folderFor(t)
    writeFileSync(join(folder, 'root.pem'), root.pem)
    const rsa = await realCertificate({ key: 'rsa', commonName: 'a.test' })
    for (const [host, like] of [['a.test'], ['a.test', rsa], [`${'a'.repeat(63)}.test`], ['my_app.a.test']] as const) {
      writeFileSync(join(folder, 'chain.pem'), (await mint(host, like, signature)).leaf.chain)
      const verify = (name: string) => spawnSync('openssl', verifyArguments(folder, name), { encoding: 'utf8' })
      assert.equal(verify(host).status, 0, verify(host).stderr)
      assert.notEqual(verify('other.test').status, 0)
    }
  })
}

test('serial numbers are 128 bits long, positive and never twice the same', async () => {
  const mints = await Promise.all(Array.from({ length: 20 }, () => mint('a.test')))
  for (const { certificate } of mints) assert.match(certificate.serialNumber, /^[4-7][\dA-F]{31}$/)
  assert.equal(new Set(mints.map(({ certificate }) => certificate.serialNumber)).size, 20)
})

test('a leaf copies names, addresses and key type, and always names its host', async () => {
  const addresses = [Buffer.of(10, 0, 0, 1), Buffer.alloc(16, 2)]
  const like = await realCertificate({
    key: 'rsa',
    commonName: 'Real',
    dnsNames: ['*.b.test', 'B.test', 'b.test'],
    addresses,
  })
  const { leaf, certificate } = await mint('a.test', like)
  assert.equal(certificate.subject, 'CN=Real')
  assert.deepEqual(namesOf(leaf), { dnsNames: ['a.test', '*.b.test', 'B.test'], addresses })
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048)
  assert.equal(leaf.keyType, 'rsa')
  assert.deepEqual(namesOf((await mint('10.0.0.1', like)).leaf).addresses, addresses)
})

test('an address is an IP name', async () => {
  for (const host of ['127.0.0.1', '::1', '2001:db8::1']) {
    const { leaf, certificate } = await mint(host)
    assert.equal(certificate.checkIP(host), host)
    assert.equal(certificate.checkIP('127.0.0.2'), undefined)
    assert.deepEqual(namesOf(leaf).dnsNames, [])
  }
})

test('an IDN and an underscore are covered, and a wildcard is nobody’s name', async () => {
  assert.ok((await mint('bücher.test')).certificate.checkHost('xn--bcher-kva.test'))
  assert.ok((await mint('my_app.a.test')).certificate.checkHost('other.a.test'))
  await assert.rejects(mint('*.a.test'), { code: 'ca/host' })
})

test('a common name over 63 characters, or none in the real one, leaves an empty subject and critical names', async () => {
  const long = `${'a'.repeat(59)}.test`
  assert.equal((await mint(long.slice(1))).certificate.subject, `CN=${long.slice(1)}`)
  for (const { leaf, certificate } of [
    await mint(long),
    await mint('a.test', await realCertificate({ dnsNames: ['a.test'] })),
    await mint('a.test', await realCertificate({ commonName: 'c'.repeat(64) })),
  ]) {
    assert.equal(certificate.subject ?? '', '')
    const names = readCertificateParts(leaf.der).extensions.get(oids.subjectAltName)!
    assert.ok(leaf.der.includes(Buffer.concat([Buffer.from('0603551d110101ff', 'hex'), encode(octets(names))])))
  }
})

test('a server with thousands of names makes us copy hundreds, with the host still among them', async () => {
  const dnsNames = [...Array.from({ length: 3000 }, (_, i) => `n${i}.test`), 'a.test']
  const names = namesOf((await mint('a.test', await realCertificate({ dnsNames }))).leaf).dnsNames
  assert.equal(names.length, 501)
  assert.equal(names[0], 'a.test')
})

test('the period is the real one within 45 days, and holds now whatever the real one says', () => {
  const at = Date.UTC(2026, 5, 1)
  const far = at + 9999 * day
  const widest = { notBefore: at - day, notAfter: at + 44 * day - 1000 }
  assert.deepEqual(validityOf(at, far), widest)
  assert.deepEqual(validityOf(at + 999, far), widest)
  assert.deepEqual(validityOf(at, far, { notBefore: at - 100 * day, notAfter: at + 100 * day }), widest)
  const short = { notBefore: at - 5000, notAfter: at + 9000 }
  assert.deepEqual(validityOf(at, far, short), short)
  assert.deepEqual(validityOf(at, far, { notBefore: at - 9 * day, notAfter: at - 1 }), widest)
  assert.deepEqual(validityOf(at, far, { notBefore: at + 1, notAfter: far }), widest)
  assert.deepEqual(validityOf(at, at + day), { ...widest, notAfter: at + day })
})

test('equal questions have equal keys, others do not', async () => {
  const key = async (
    host: string,
    how?: Parameters<typeof realCertificate>[0],
    type: 'ec' | 'rsa' = 'ec',
    signature: 'ec' | 'rsa' = 'ec',
  ) => {
    const like = how && readLikeness(await realCertificate(how))
    return leafCacheKey(readHostName(host), like, like?.keyType ?? type, signature)
  }
  assert.equal(await key('A.test.'), await key('a.test'))
  assert.equal(await key('a.test', { dnsNames: ['x'] }), await key('a.test', { dnsNames: ['x'] }))
  const different = [
    await key('a.test'),
    await key('b.test'),
    await key('a.test', {}),
    await key('a.test', { key: 'rsa' }),
    await key('a.test', undefined, 'rsa'),
    await key('a.test', undefined, 'ec', 'rsa'),
  ]
  assert.equal(new Set(different).size, 6)
})
