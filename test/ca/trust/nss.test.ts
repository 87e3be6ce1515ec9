import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeRoot, readRoot, renewCertificate } from '../../../ca/root.ts'
import { nssStore, nssStores } from '../../../ca/trust/nss.ts'
import { certificatesIn, trustedRoot } from '../../../ca/trust/store.ts'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { day, now } from '../make.ts'
import { machineFor, rootIn, standing, takeAll } from './machine.ts'

const skip = findProgram(thisMachine(), 'certutil') === undefined && 'needs certutil'

test('the databases of Chromium and of each Firefox are found, from the distribution, snap and flatpak', t => {
  const machine = machineFor(t)
  const folders = [
    '.pki/nssdb',
    '.local/share/pki/nssdb',
    'snap/chromium/current/.pki/nssdb',
    '.var/app/org.chromium.Chromium/data/pki/nssdb',
    '.mozilla/firefox/abc.default',
    '.mozilla/firefox/def.work',
    'snap/firefox/common/.mozilla/firefox/ghi.default',
    '.var/app/org.mozilla.firefox/.mozilla/firefox/jkl.default',
    'Library/Application Support/Firefox/Profiles/mno.default',
  ].map(folder => join(machine.home, folder))
  assert.deepEqual(nssStores(machine), [])
  for (const folder of [...folders, join(machine.home, '.mozilla/firefox/no-profile')])
    mkdirSync(folder, { recursive: true })
  for (const folder of folders) writeFileSync(join(folder, 'cert9.db'), '')
  assert.deepEqual(new Set(nssStores(machine).map(({ place }) => place)), new Set(folders))
  assert.deepEqual(nssStores({ ...machine, platform: 'win32' }), [])
})

test('where certutil is missing it is said what to install', async t => {
  const machine = machineFor(t, { base: '/nowhere' })
  const store = nssStore(machine, join(machine.home, 'db'))
  const root = await rootIn(machine.folder)
  const { standing, says } = await store.check(root)
  assert.equal(standing, 'unknown')
  assert.match(says!, /apt install libnss3-tools/)
  await assert.rejects(store.install(root), /apt install libnss3-tools/)
})

test('NSS trusts the root and lets it go; a renewed one, of the same name, is another', { skip }, async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  const place = join(machine.home, '.pki/nssdb')
  mkdirSync(place, { recursive: true })
  execFileSync('certutil', ['-N', '-d', `sql:${place}`, '--empty-password'])
  const [store] = nssStores(machine)
  const files = await makeRoot(now - 30 * day)
  const renewed = await renewCertificate(readRoot('/ca', files, now), now)
  const [old, fresh] = [files.certificate, renewed].map((pem, index) => {
    const path = join(machine.folder, `${index}.pem`)
    writeFileSync(path, pem)
    return trustedRoot(certificatesIn(pem)[0]!, path)
  })
  assert.equal(await standing(store!, old!), 'not-trusted')
  await takeAll(machine, await store!.install(old!))
  assert.deepEqual([await standing(store!, old!), await standing(store!, fresh!)], ['trusted', 'other-root'])
  assert.deepEqual(await store!.remove(fresh!), [])
  await takeAll(machine, await store!.install(fresh!))
  assert.equal(await standing(store!, fresh!), 'trusted')
  await takeAll(machine, await store!.remove(old!))
  assert.deepEqual([await standing(store!, old!), await standing(store!, fresh!)], ['other-root', 'trusted'])
  await takeAll(machine, await store!.remove(fresh!))
  assert.equal(await standing(store!, fresh!), 'not-trusted')
  assert.ok((await store!.install(old!)).every(({ asRoot }) => !asRoot))
})

test('a root that is in the database but not trusted is not trusted', { skip }, async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  const place = join(machine.home, 'db')
  mkdirSync(place)
  execFileSync('certutil', ['-N', '-d', `sql:${place}`, '--empty-password'])
  const root = await rootIn(machine.folder)
  execFileSync('certutil', ['-A', '-d', `sql:${place}`, '-n', 'by  hand', '-t', ',,', '-i', root.path])
  assert.equal(await standing(nssStore(machine, place), root), 'not-trusted')
  execFileSync('certutil', ['-M', '-d', `sql:${place}`, '-n', 'by  hand', '-t', 'CT,,'])
  assert.equal(await standing(nssStore(machine, place), root), 'trusted')
  assert.deepEqual(await nssStore(machine, place).remove(root), [], 'it was not Parley that put it there')
})
