import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { CA } from 'http-mitm-proxy/dist/lib/ca.js'
import { issueCertificate, nameOf, pemOf, publicKeyNode } from '../../ca/certificate.ts'
import { authorityConstraints, oids } from '../../ca/extensions.ts'
import { openAuthority } from '../../ca/index.ts'
import { rootPaths } from '../../ca/key-store.ts'
import { replaceAuthority } from '../../ca/renewal.ts'
import { day, folderFor, now, realCertificate } from './make.ts'

const home = mkdtempSync(join(tmpdir(), 'parley-ca-'))
after(() => rmSync(home, { recursive: true, force: true }))
const authority = await openAuthority(join(home, 'ca'))

test('the authority tells where its root is and how to recognise it', () => {
  const root = new X509Certificate(readFileSync(authority.certificatePath))
  assert.equal(authority.certificatePath, join(authority.folder, 'certs', 'ca.pem'))
  assert.deepEqual(authority.certificateDer, root.raw)
  assert.equal(authority.certificatePem, readFileSync(authority.certificatePath, 'utf8'))
  assert.equal(authority.fingerprint256, root.fingerprint256.replaceAll(':', '').toLowerCase())
  const spki = root.publicKey.export({ type: 'spki', format: 'der' })
  assert.equal(authority.spkiSha256, createHash('sha256').update(spki).digest('base64'))
})

test('equal questions get the same leaf, and 100 at once get one', async () => {
  const leaves = await Promise.all(Array.from({ length: 100 }, () => authority.leafFor('many.test')))
  assert.equal(new Set(leaves).size, 1)
  assert.equal(leaves[0]?.minted, true)
  assert.equal(await authority.leafFor('MANY.test'), leaves[0])
  assert.equal(leaves[0]?.minted, false)
  const like = await realCertificate({ commonName: 'x', dnsNames: ['many.test'] })
  const likeIt = await authority.leafFor('many.test', like)
  assert.notEqual(likeIt, leaves[0])
  assert.equal(await authority.leafFor('many.test', Buffer.from(like)), likeIt)
})

test('a real certificate that is nonsense does not stop the minting', async () => {
  const leaf = await authority.leafFor('a.test', Buffer.from('nonsense'))
  assert.equal(new X509Certificate(leaf.der).checkHost('a.test'), 'a.test')
})

test('a root for some hosts only: its leaves name no other, whatever the server says, and verify; others are refused', async t => {
  const folder = join(folderFor(t), 'ca')
  await replaceAuthority(folder, { only: ['example.com', '127.0.0.1'] })
  const narrow = await openAuthority(folder)
  const like = await realCertificate({
    commonName: 'shop.test',
    dnsNames: ['shop.test', 'WWW.example.com', 'notexample.com'],
    addresses: [Buffer.of(127, 0, 0, 1), Buffer.of(10, 0, 0, 1)],
  })
  for (const [host, signature] of [
    ['a.example.com', 'ec'],
    ['a.example.com', 'rsa'],
    ['127.0.0.1', 'ec'],
  ] as const) {
    const leaf = new X509Certificate((await narrow.leafFor(host, like, signature)).der)
    const names = leaf.subjectAltName?.split(', ') ?? []
    assert.deepEqual(
      names.filter(name => /shop|notex|10\.0/.test(name)),
      [],
    )
    assert.ok(names.includes('DNS:WWW.example.com') && names.includes('IP Address:127.0.0.1'))
    assert.doesNotMatch(leaf.subject ?? '', /shop/)
  }
  for (const host of ['shop.test', 'notexample.com', '127.0.0.2', '::1']) {
    assert.equal(narrow.mayName(host), false, host)
    await assert.rejects(narrow.leafFor(host, like), { code: 'ca/outside', message: /example\.com, 127\.0\.0\.1 only/ })
  }
  assert.equal(narrow.mayName('example.com'), true)
  assert.equal(narrow.mayName('a b'), true, 'no certificate names it: another problem')
  assert.equal(authority.mayName('shop.test'), true)
})

test('a host that no certificate can name is refused', async () => {
  await assert.rejects(authority.leafFor('a b'), { code: 'ca/host' })
})

for (const [name, keyType, options, cipher, signature] of (
  [
    ['TLS 1.3 with EC', 'ec', { minVersion: 'TLSv1.3' }, /^TLS_/],
    ['TLS 1.3 with RSA', 'rsa', { minVersion: 'TLSv1.3' }, /^TLS_/],
    ['TLS 1.2 with EC', 'ec', { maxVersion: 'TLSv1.2' }, /^ECDHE-ECDSA-/],
    ['TLS 1.2 with RSA', 'rsa', { maxVersion: 'TLSv1.2' }, /^ECDHE-RSA-/],
    [
      'TLS 1.2 with RSA key exchange',
      'rsa',
      { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
      /^AES128-GCM-SHA256$/,
    ],
  ] as const
).flatMap(row => [[...row, 'ec'] as const, [...row, 'rsa'] as const])) {
  test(`a client that trusts the root finishes ${name}, under an ${signature} key`, async t => {
    const real = await realCertificate({ key: keyType, dnsNames: ['localhost'] })
    const leaf = await authority.leafFor('localhost', real, signature)
    const server = tls.createServer(
      { key: leaf.key, cert: leaf.chain, ...('ciphers' in options ? { ciphers: options.ciphers } : {}) },
      s => s.end(),
    )
    server.listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = tls.connect({
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      ca: authority.certificatePem,
      ...options,
    })
    t.after(() => client.destroy())
    await once(client, 'secureConnect')
    assert.equal(client.authorized, true)
    assert.match(client.getCipher().name, cipher)
    assert.deepEqual(client.getPeerX509Certificate()?.raw, leaf.der)
    const sent = leaf.chain.match(/BEGIN/g)!.length
    assert.equal(sent, signature === 'ec' ? 3 : 2)
    assert.ok(leaf.chain.endsWith(authority.certificatePem)) // browsers that know its key alone look for it there
  })
}

test('http-mitm-proxy loads the folder and makes nothing of its own', async t => {
  const folder = join(folderFor(t), 'ca')
  const { certificateDer } = await openAuthority(folder)
  const snapshot = () =>
    readdirSync(folder, { recursive: true }).map(name => [name, statSync(join(folder, String(name))).mtimeMs])
  const before = snapshot()
  const ca = await new Promise<CA>((resolve, reject) =>
    CA.create(folder, (error: Error | null, made?: CA) => (made ? resolve(made) : reject(error))),
  )
  assert.deepEqual(new X509Certificate(ca.getPem()).raw, certificateDer)
  assert.deepEqual(snapshot(), before)
})

for (const start of ['nothing', 'an empty folder'])
  test(`processes that start together on ${start} end with one root`, async t => {
    const program = `import { openAuthority } from ${JSON.stringify(new URL('../../ca/index.ts', import.meta.url).href)}
    process.stdin.once('data', async () => { console.log((await openAuthority(process.argv[1])).fingerprint256); process.exit() })
    console.log('ready')`
    const folder = join(folderFor(t), 'ca')
    if (start === 'an empty folder') mkdirSync(folder, { mode: 0o755 })
    const children = Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
        cwd: dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      t.after(() => child.kill())
      child.stdout.setEncoding('utf8')
      return child
    })
    await Promise.all(children.map(child => once(child.stdout, 'data')))
    const answers = children.map(child => once(child.stdout, 'data'))
    for (const child of children) child.stdin.write('go\n')
    const fingerprints = (await Promise.all(answers)).map(([text]) => String(text).trim())
    assert.equal(fingerprints.length, 6)
    assert.deepEqual(new Set(fingerprints), new Set([(await openAuthority(folder)).fingerprint256]))
    assert.deepEqual(readdirSync(dirname(folder)), ['ca'])
  })

test('where the server showed no certificate, the type of key is given', async () => {
  const leaf = await authority.leafFor('kind.test', 'rsa')
  assert.equal(leaf.keyType, 'rsa')
  assert.equal((await authority.leafFor('kind.test')).keyType, 'ec')
  assert.equal(await authority.leafFor('kind.test', 'rsa'), leaf)
})

test('a leaf is signed as the client can verify it, by the root where nobody says', async () => {
  const byRoot = await authority.leafFor('signed.test')
  const byIntermediate = await authority.leafFor('signed.test', undefined, 'ec')
  const root = new X509Certificate(authority.certificatePem)
  assert.equal(new X509Certificate(byRoot.der).issuer, root.subject)
  assert.match(new X509Certificate(byIntermediate.der).issuer, /^O=Parley\nCN=Parley run /)
  assert.equal(await authority.leafFor('signed.test', 'ec', 'rsa'), byRoot)
  assert.equal(await authority.leafFor('signed.test', 'ec', 'ec'), byIntermediate)
})

test('one intermediate serves a run, and nothing of it is written', async () => {
  const before = readdirSync(authority.folder, { recursive: true })
  const leaves = await Promise.all(['1.test', '2.test'].map(host => authority.leafFor(host, undefined, 'ec')))
  const [first, second] = leaves.map(({ chain, der }) => chain.slice(pemOf(der).length))
  assert.equal(first, second)
  assert.deepEqual(readdirSync(authority.folder, { recursive: true }), before)
})

test('under a root that forbids intermediates the root signs for all', async t => {
  const folder = join(folderFor(t), 'ca')
  await openAuthority(folder)
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = nameOf([oids.commonName, 'from elsewhere'])
  const statement = {
    issuer: name,
    subject: name,
    validity: { notBefore: now - day, notAfter: now + day },
    publicKey: publicKeyNode(publicKey),
    extensions: [authorityConstraints(0)],
  }
  const paths = rootPaths(folder)
  writeFileSync(paths.certificate, pemOf(await issueCertificate(statement, privateKey)))
  writeFileSync(paths.privateKey, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(paths.publicKey, publicKey.export({ type: 'spki', format: 'pem' }))
  const other = await openAuthority(folder)
  await other.prepare()
  assert.equal((await other.leafFor('a.test', undefined, 'ec')).chain.match(/BEGIN/g)?.length, 2)
})

test('after the preparation no leaf waits for a key', async t => {
  const fresh = await openAuthority(join(folderFor(t), 'ca'))
  const soon = () => new Promise(resolve => setImmediate(resolve, 'not yet'))
  const leafSoon = (host: string) => Promise.race([fresh.leafFor(host, 'rsa', 'ec').then(() => 'leaf'), soon()])
  assert.equal(await leafSoon('a.test'), 'not yet')
  await fresh.prepare()
  assert.equal(await leafSoon('b.test'), 'leaf')
})

test('an authority has what makes the forms of its root', async t => {
  const { forms } = await openAuthority(folderFor(t))
  assert.deepEqual(Object.keys(await forms()).sort(), ['mobileconfig', 'sealedTrustStore', 'subjectHashOld'])
})
