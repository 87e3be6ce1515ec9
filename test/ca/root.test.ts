import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { AuthorityError } from '../../ca/authority-error.ts'
import { issueCertificate, nameOf, pemOf, publicKeyNode } from '../../ca/certificate.ts'
import { readCertificateParts } from '../../ca/certificate-parts.ts'
import { authorityConstraints, leafConstraints, oids } from '../../ca/extensions.ts'
import { rootPaths } from '../../ca/key-store.ts'
import { makeRoot, openRoot, readRoot } from '../../ca/root.ts'
import { day, folderFor, now } from './make.ts'

const made = makeRoot(now)

test('a new root is a CA of ten years from yesterday, with a name of its own', async () => {
  const files = await made
  const root = new X509Certificate(files.certificate)
  assert.ok(root.ca)
  assert.ok(root.verify(root.publicKey))
  assert.ok(root.checkIssued(root))
  assert.match(root.subject, /^O=Parley\nCN=Parley CA \(.+@.+, \d{4}-\d\d-\d\d [\da-f]{4}\)$/)
  assert.equal(root.issuer, root.subject)
  assert.equal(root.publicKey.asymmetricKeyDetails?.modulusLength, 2048)
  assert.match(root.serialNumber, /^[4-7][\dA-F]{31}$/)
  assert.equal(root.validFromDate.getTime(), Math.floor((now - day) / 1000) * 1000)
  const years = (root.validToDate.getTime() - root.validFromDate.getTime()) / day / 365.25
  assert.ok(Math.abs(years - 10) < 0.01, String(years))
  const { commonName, extensions } = readCertificateParts(root.raw)
  assert.ok([...commonName!].length <= 64)
  assert.deepEqual([...extensions.keys()], ['2.5.29.19', '2.5.29.15', '2.5.29.14'])
})

test('a root is made once and then opened', async t => {
  const folder = join(folderFor(t), 'ca')
  const first = await openRoot(folder, now)
  const second = await openRoot(folder, now)
  assert.equal(second.certificate.fingerprint256, first.certificate.fingerprint256)
  assert.equal(first.keyIdentifier?.length, 20)
})

test('a file that is not what it should be is named, with the remedy', async t => {
  for (const [part, words] of [
    ['certificate', 'is not a certificate in PEM'],
    ['privateKey', 'is not a private key in PEM'],
    ['publicKey', 'is not a public key in PEM'],
  ] as const) {
    const folder = join(folderFor(t), 'ca')
    await openRoot(folder, now)
    const path = rootPaths(folder)[part]
    writeFileSync(path, '-----BEGIN CERT') // as a full disk leaves it
    await assert.rejects(openRoot(folder, now), error => {
      assert.ok(error instanceof AuthorityError)
      assert.equal(error.code, 'ca/corrupt')
      assert.ok(error.message.startsWith(`${path} ${words}; restore it`), error.message)
      return true
    })
  }
})

test('keys of another root are refused', async () => {
  const files = await made
  const other = await makeRoot(now)
  const { privateKey, publicKey } = other
  assert.throws(() => readRoot('/ca', { ...files, privateKey }, now), {
    code: 'ca/mismatch',
    message: /ca\.private\.key is not the key of/,
  })
  assert.throws(() => readRoot('/ca', { ...files, publicKey }, now), {
    code: 'ca/mismatch',
    message: /ca\.public\.key is not the public part/,
  })
})

test('a certificate that may not sign others is refused, though the key is its own', async () => {
  const files = await made
  const name = nameOf([oids.commonName, 'not a CA'])
  const statement = {
    issuer: name,
    subject: name,
    validity: { notBefore: now - day, notAfter: now + day },
    publicKey: publicKeyNode(createPublicKey(files.publicKey)),
    extensions: [leafConstraints()],
  }
  const certificate = pemOf(await issueCertificate(statement, createPrivateKey(files.privateKey)))
  assert.throws(() => readRoot('/ca', { ...files, certificate }, now), {
    code: 'ca/corrupt',
    message: /ca\.pem is no cert/,
  })
})

test('a root whose certificate forbids intermediates below it has none', async () => {
  const files = await made
  assert.equal(readRoot('/ca', files, now).delegates, true)
  const of = async (pathLength: number) => {
    const name = nameOf([oids.commonName, 'from elsewhere'])
    const statement = {
      issuer: name,
      subject: name,
      validity: { notBefore: now - day, notAfter: now + day },
      publicKey: publicKeyNode(createPublicKey(files.publicKey)),
      extensions: [authorityConstraints(pathLength)],
    }
    const certificate = pemOf(await issueCertificate(statement, createPrivateKey(files.privateKey)))
    return readRoot('/ca', { ...files, certificate }, now).delegates
  }
  assert.equal(await of(0), false)
  assert.equal(await of(1), true)
})

test('a key that is not RSA is refused', async () => {
  const files = await made
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  })
  assert.throws(() => readRoot('/ca', { ...files, privateKey: String(privateKey) }, now), { code: 'ca/corrupt' })
})

test('a root that has expired is refused from that second on', async () => {
  const files = await made
  const end = new X509Certificate(files.certificate).validToDate.getTime()
  assert.ok(readRoot('/ca', files, end - 1))
  assert.throws(() => readRoot('/ca', files, end), {
    code: 'ca/expired',
    message: /run "parley ca renew --ca-dir \/ca"/,
  })
})

test('a root that lost its certificate is not replaced behind its owner', async t => {
  const folder = join(folderFor(t), 'ca')
  await openRoot(folder, now)
  rmSync(rootPaths(folder).certificate)
  await assert.rejects(openRoot(folder, now), { code: 'ca/incomplete' })
})
