import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { openAuthority } from '../../ca/authority.ts'
import { AuthorityError } from '../../ca/authority-error.ts'
import { rootPaths } from '../../ca/key-store.ts'
import { dropOldAuthorities, renewAuthority, replaceAuthority } from '../../ca/renewal.ts'
import { openRoot } from '../../ca/root.ts'
import { day, folderFor, now } from './make.ts'

test('a renewed root keeps key, name, constraints and length; it verifies what the old one signed', async t => {
  const folder = join(folderFor(t), 'ca')
  await replaceAuthority(folder, { only: ['example.com'], days: 30 }, now - 20 * day)
  const old = await openRoot(folder, now)
  const authority = await openAuthority(folder)
  const leaf = new X509Certificate((await authority.leafFor('a.example.com')).der)
  await renewAuthority(folder, now)
  const fresh = await openRoot(folder, now)
  assert.notEqual(fresh.certificate.fingerprint256, old.certificate.fingerprint256)
  assert.equal(fresh.certificate.subject, old.certificate.subject)
  assert.ok(fresh.certificate.publicKey.equals(old.certificate.publicKey))
  assert.deepEqual(fresh.constraints, old.constraints)
  assert.ok(leaf.checkIssued(fresh.certificate) && leaf.verify(fresh.certificate.publicKey))
  assert.ok(Math.abs(fresh.notAfter.getTime() - (now + 30 * day)) < 2000, fresh.notAfter.toISOString())
  assert.deepEqual(readdirSync(dirname(rootPaths(folder).certificate)), ['ca.pem'])
})

test('a root that has expired is renewed; one that is not there is not made', async t => {
  const folder = join(folderFor(t), 'ca')
  await assert.rejects(renewAuthority(folder), { code: 'ca/incomplete', message: /parley ca new/ })
  await replaceAuthority(folder, { days: 2 }, now - 10 * day)
  await assert.rejects(openRoot(folder, now), { code: 'ca/expired' })
  await renewAuthority(folder, now)
  assert.ok((await openRoot(folder, now)).notAfter.getTime() > now)
})

test('the old authority is kept beside the new one until it is not needed any more', async t => {
  const folder = join(folderFor(t), 'ca')
  assert.equal(await replaceAuthority(folder, {}), undefined)
  const { fingerprint256, certificatePem } = await openAuthority(folder)
  const aside = await replaceAuthority(folder, {})
  assert.deepEqual(aside, { path: `${folder}.old-${fingerprint256}`, sha256: fingerprint256 })
  assert.equal(readFileSync(rootPaths(aside!.path).certificate, 'utf8'), certificatePem)
  assert.notEqual((await openAuthority(folder)).fingerprint256, fingerprint256)
  assert.deepEqual(await dropOldAuthorities(folder, sha256 => sha256 === fingerprint256), [])
  assert.ok(existsSync(aside!.path))
  assert.deepEqual(await dropOldAuthorities(folder, () => false), [aside!.path])
  assert.deepEqual(readdirSync(dirname(folder)), ['ca'])
})

test('whatever stands in the files of an authority: it is opened, renewed or refused by name, and can be replaced', async t => {
  const folder = join(folderFor(t), 'ca')
  await openAuthority(folder)
  const good = rootPaths(folder)
  const bytes = { ...good, certificate: readFileSync(good.certificate), privateKey: readFileSync(good.privateKey) }
  const part = fc.constantFrom('certificate' as const, 'privateKey' as const)
  await fc.assert(
    fc.asyncProperty(part, fc.nat(2000), fc.uint8Array({ maxLength: 40 }), async (name, at, junk) => {
      const damaged = Buffer.concat([bytes[name].subarray(0, at), junk, bytes[name].subarray(at + junk.length)])
      writeFileSync(good[name], damaged)
      for (const act of [openAuthority, renewAuthority])
        await Promise.resolve(act(folder)).catch(error => assert.ok(error instanceof AuthorityError, String(error)))
      writeFileSync(good.certificate, bytes.certificate)
      writeFileSync(good.privateKey, bytes.privateKey)
    }),
    { numRuns: 60 },
  )
  writeFileSync(good.certificate, 'junk')
  const aside = await replaceAuthority(folder, {})
  assert.ok(aside && aside.sha256 === undefined && existsSync(aside.path))
  assert.deepEqual(await dropOldAuthorities(folder, () => false), []) // nobody knows what it was: it stays
  await openAuthority(folder)
})
