import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { bytesOf, decode, itemsOf, type Node, oidOf } from '../../ca/der.ts'
import { sealedTrustStore, trustStore } from '../../ca/pkcs12.ts'
import { certificatesIn } from '../../ca/trust/store.ts'
import { findProgram, thisMachine } from '../../ca/trust/surroundings.ts'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { folderFor } from './make.ts'
import { rootIn } from './trust/machine.ts'

/** `[0]` holds one value. */
const inner = (node: Node | undefined): Node => itemsOf(node)[0]!
const bytesIn = (contentInfo: Node): Buffer => bytesOf(inner(itemsOf(contentInfo)[1]))

const bagsOf = (store: Buffer): readonly Node[] => {
  const [version, content, ...rest] = itemsOf(decode(store))
  assert.deepEqual([bytesOf(version), rest], [Buffer.of(3), []], 'version 3, and no MAC')
  const [safe, ...others] = itemsOf(decode(bytesIn(content!)))
  assert.deepEqual(others, [])
  return itemsOf(decode(bytesIn(safe!)))
}

test('a trust store holds the certificates of the text, in order, each marked as trusted', async () => {
  const pems = [(await makeTestAuthority()).caPem, (await makeTestAuthority()).caPem]
  const bags = bagsOf(trustStore(`a word before\n${pems.join('between\n')}`))
  assert.deepEqual(
    bags.map(bag => bytesOf(inner(itemsOf(inner(itemsOf(bag)[1]))[1]))),
    pems.map(pem => new X509Certificate(pem).raw),
  )
  for (const bag of bags) {
    const [attribute] = itemsOf(itemsOf(bag)[2])
    assert.equal(oidOf(itemsOf(attribute)[0]), '2.16.840.1.113894.746875.1.1')
  }
})

test('of a text without certificates it is empty', () => assert.deepEqual(bagsOf(trustStore('none')), []))

const lacks = (program: string) => findProgram(thisMachine(), program) === undefined && `needs ${program}`

async function written(t: TestContext) {
  const folder = folderFor(t)
  const root = await rootIn(folder)
  const path = join(folder, 'ca.p12')
  writeFileSync(path, sealedTrustStore(root.der, 'Parley CA (é 日)'))
  return { root, path }
}

test('OpenSSL opens a sealed one with an empty password, checks its MAC, and finds the certificate alone', {
  skip: lacks('openssl'),
}, async t => {
  const { root, path } = await written(t)
  const open = (...args: string[]) =>
    execFileSync('openssl', ['pkcs12', '-in', path, '-nodes', ...args], { stdio: 'pipe' })
  const text = open('-passin', 'pass:').toString()
  assert.ok(certificatesIn(text)[0]!.equals(root.der))
  assert.doesNotMatch(text, /PRIVATE KEY/)
  assert.throws(() => open('-passin', 'pass:other'), /Mac verify error/)
})

test('Java takes the certificate of a sealed one as a trusted one', { skip: lacks('keytool') }, async t => {
  const { root, path } = await written(t)
  const args = ['-list', '-keystore', path, '-storetype', 'PKCS12', '-storepass', '']
  const list = execFileSync('keytool', args, { stdio: 'pipe' }).toString()
  assert.match(list, /trustedCertEntry/)
  assert.ok(list.replaceAll(':', '').toLowerCase().includes(root.sha256))
})
