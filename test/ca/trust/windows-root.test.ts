import assert from 'node:assert/strict'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { windowsRoot } from '../../../ca/trust/windows-root.ts'
import { machineFor, rootIn, standing, takeAll } from './machine.ts'

/** `certutil` of Windows 11, as far as it is asked here. */
const certutil = `
  const [user, verb, store, which, out] = args
  if (user !== '-user' || store !== 'root') process.exit(2)
  const kept = fs.readdirSync(state), at = hash => path.join(state, hash.toLowerCase())
  const fail = () => { console.log('CertUtil: -store command FAILED: 0x80090011 (-2146893807 NTE_NOT_FOUND)'); process.exit(1) }
  if (verb === '-addstore') {
    const { raw, fingerprint } = new crypto.X509Certificate(fs.readFileSync(which))
    fs.writeFileSync(at(fingerprint.replaceAll(':', '')), raw)
  } else if (verb === '-delstore') fs.existsSync(at(which)) ? fs.rmSync(at(which)) : fail()
  else if (which === undefined)
    for (const name of kept) console.log('Issuer: ' + new crypto.X509Certificate(fs.readFileSync(at(name))).issuer + '\\r\\nCert Hash(sha1): ' + name)
  else fs.existsSync(at(which)) ? out && fs.copyFileSync(at(which), out) : fail()`

test('this user’s roots are asked and changed by the certutil of Windows, and read by bytes', async t => {
  const machine = machineFor(t, { platform: 'win32', isRoot: false })
  machine.fake('certutil.exe', certutil)
  const system = join(machine.folder, 'Windows')
  mkdirSync(join(system, 'System32'), { recursive: true })
  renameSync(join(machine.folder, 'bin', 'certutil.exe'), join(system, 'System32', 'certutil.exe'))
  const store = windowsRoot({ ...machine, environment: { ...machine.environment, SystemRoot: system } })
  const [root, former] = [await rootIn(machine.folder), await rootIn(machine.folder)]
  assert.equal(await standing(store, root), 'not-trusted')
  assert.deepEqual(await store.remove(root), [])
  await takeAll(machine, await store.install(former))
  assert.equal(await standing(store, root), 'other-root')
  await takeAll(machine, await store.install(root))
  assert.equal(await standing(store, root), 'trusted')
  await takeAll(machine, await store.remove(former))
  assert.equal(await standing(store, root), 'trusted')
  await takeAll(machine, await store.remove(root))
  assert.equal(await standing(store, root), 'not-trusted')
  assert.ok((await store.install(root)).every(step => !step.asRoot))
  const calls = machine.calls().map(call => call.replace(/ \S+root\.cer$/, ' FILE'))
  assert.ok(calls.includes(`certutil.exe -user -addstore root ${root.path}`))
  assert.ok(calls.includes(`certutil.exe -user -store root ${root.sha1} FILE`))
  assert.ok(calls.includes(`certutil.exe -user -delstore root ${root.sha1}`))
})

test('without SystemRoot it is found on PATH, and a store that cannot be asked throws', async t => {
  const machine = machineFor(t, { platform: 'win32' })
  const root = await rootIn(machine.folder)
  await assert.rejects(windowsRoot(machine).check(root), /certutil\.exe cannot be started/)
  machine.fake('certutil.exe', certutil)
  assert.equal(await standing(windowsRoot(machine), root), 'not-trusted')
})
