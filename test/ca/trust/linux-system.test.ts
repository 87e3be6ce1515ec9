import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import { linuxSystemStores } from '../../../ca/trust/linux-system.ts'
import { machineFor, rootIn, standing, takeAll } from './machine.ts'

/** What an update does: all anchors in one bundle. */
const bundling = (anchors: string, bundle: string) => `
  const files = fs.readdirSync(${JSON.stringify(anchors)}).map(name => path.join(${JSON.stringify(anchors)}, name))
  fs.writeFileSync(${JSON.stringify(bundle)}, files.map(file => fs.readFileSync(file)).join(''))`

for (const [name, anchors, bundle, ending, program, words] of [
  [
    'Fedora',
    'etc/pki/ca-trust/source/anchors',
    'etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    'pem',
    'update-ca-trust',
    'extract',
  ],
  [
    'Arch',
    'etc/ca-certificates/trust-source/anchors',
    'etc/ca-certificates/extracted/tls-ca-bundle.pem',
    'crt',
    'trust',
    'extract-compat',
  ],
  ['SUSE', 'usr/share/pki/trust/anchors', 'var/lib/ca-certificates/ca-bundle.pem', 'pem', 'update-ca-certificates', ''],
  [
    'Debian',
    'usr/local/share/ca-certificates',
    'etc/ssl/certs/ca-certificates.crt',
    'crt',
    'update-ca-certificates',
    '--sysroot',
  ],
] as const)
  test(`${name}: an anchor is put in and taken out, and the bundle made anew by its own program`, async t => {
    const machine = machineFor(t, {}, process.env.PATH!)
    machine.put(`${anchors}/of-the-administrator.${ending}`)
    machine.put(bundle)
    const [root, former] = [await rootIn(machine.folder), await rootIn(machine.folder)]
    machine.fake(program, bundling(machine.at(anchors), machine.at(bundle)))
    const store = linuxSystemStores(machine)[0]!
    assert.ok(store.title.includes(name))
    assert.equal(await standing(store, root), 'not-trusted')
    assert.deepEqual(await store.remove(root), [], 'nothing of it is there')
    await takeAll(machine, await store.install(former))
    assert.equal(await standing(store, root), 'other-root')
    await takeAll(machine, await store.install(root))
    assert.equal(await standing(store, root), 'trusted')
    assert.ok(readdirSync(machine.at(anchors)).includes(`${root.name}.${ending}`))
    assert.ok((await store.install(root)).every(step => step.asRoot))
    await takeAll(machine, await store.remove(former))
    assert.equal(await standing(store, root), 'trusted', 'the other root is another matter')
    await takeAll(machine, await store.remove(root))
    assert.equal(await standing(store, root), 'not-trusted')
    assert.deepEqual(readdirSync(machine.at(anchors)), [`of-the-administrator.${ending}`])
    assert.ok(
      machine.calls().every(call => call.startsWith(`${program} ${words}`.trim())),
      String(machine.calls()),
    )
  })

test('a removal that was stopped before its update is finished; a root that another file has is not Parley’s to take', async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  const [anchors, bundle] = ['usr/share/pki/trust/anchors', 'var/lib/ca-certificates/ca-bundle.pem']
  machine.put(`${anchors}/sub/x.pem`)
  machine.put(bundle)
  machine.fake('update-ca-certificates', bundling(machine.at(anchors), machine.at(bundle)))
  const [store] = linuxSystemStores(machine)
  const root = await rootIn(machine.folder)
  rmSync(machine.at(`${anchors}/sub`), { recursive: true })
  await takeAll(machine, await store!.install(root))
  const [file, ...update] = await store!.remove(root)
  await takeAll(machine, [file!])
  assert.equal(await standing(store!, root), 'trusted')
  assert.deepEqual(await store!.remove(root), update)
  machine.put(`${anchors}/by-hand.pem`, root.pem)
  assert.deepEqual(await store!.remove(root), [])
  rmSync(machine.at(`${anchors}/by-hand.pem`))
  await takeAll(machine, await store!.remove(root))
  assert.deepEqual([await standing(store!, root), await store!.remove(root)], ['not-trusted', []])
})

test('a Linux of no known layout has no store; one without its program says so', async t => {
  const machine = machineFor(t)
  assert.deepEqual(linuxSystemStores(machine), [])
  machine.put('usr/share/pki/trust/anchors/x')
  const [store] = linuxSystemStores(machine)
  const checked = await store!.check(await rootIn(machine.folder))
  assert.deepEqual(checked, { standing: 'not-there', says: 'update-ca-certificates is not installed' })
})

test('on Debian, Java’s store is reached too where a hook fills it', t => {
  const machine = machineFor(t)
  machine.put('usr/local/share/ca-certificates/x')
  assert.deepEqual(linuxSystemStores(machine)[0]?.reaches, [])
  const place = machine.put('etc/ssl/certs/java/cacerts')
  assert.deepEqual(linuxSystemStores(machine)[0]?.reaches, [{ kind: 'java', place }])
  rmSync(place)
})
