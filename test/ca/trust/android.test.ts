import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subjectHashOld } from '../../../ca/forms/android-name.ts'
import { androidStore, androidStores } from '../../../ca/trust/android.ts'
import { type Machine, machineFor, rootIn, standing, takeAll } from './machine.ts'

/** `adb` with one device: what is pushed lies in `state`, and a script that adds or removes a root does so there. */
const adb = (rooted: boolean) => `
  if (args[0] === 'devices') { console.log('List of devices attached\\nemulator-5554\\tdevice\\nX1\\tunauthorized\\n'); process.exit() }
  const [, serial, verb, ...rest] = args, at = file => path.join(state, path.basename(file))
  if (serial !== 'emulator-5554') { console.error("adb: device '" + serial + "' not found"); process.exit(1) }
  if (verb === 'get-state') console.log('device')
  if (verb === 'push') fs.copyFileSync(rest[0], at(rest[1]))
  if (verb !== 'shell') process.exit()
  const words = rest[0] === 'su' ? rest.slice(2) : rest
  if (rest[0] === 'su' && !${rooted}) { console.error('/system/bin/sh: su: inaccessible or not found'); process.exit(127) }
  const isRoot = rest[0] === 'su'
  if (words[0] === 'id') console.log(isRoot ? '0' : '2000')
  if (words[0] === 'cat') fs.existsSync(at(words[1])) ? console.log(fs.readFileSync(at(words[1]), 'utf8')) : process.exit(1)
  if (words[0] === 'rm') fs.rmSync(at(words.at(-1)))
  if (words[0] === 'sh' && words[2].includes('rm -f /system')) fs.rmSync(at(/rm -f (\\S+\\.0)/.exec(words[2])[1]))`

async function deviceOf(machine: Machine, rooted: boolean) {
  machine.fake('adb', adb(rooted))
  const stores = await androidStores(machine)
  assert.deepEqual(
    stores.map(({ place }) => place),
    ['emulator-5554'],
    'a device that does not let us in is none',
  )
  return stores[0]!
}

test('a rooted device gets the root into its system’s store, under the name that Android looks for', async t => {
  const machine = machineFor(t)
  const store = await deviceOf(machine, true)
  const root = await rootIn(machine.folder)
  assert.equal(await standing(store, root), 'not-trusted')
  assert.deepEqual(await store.remove(root), [])
  const steps = await store.install(root)
  await takeAll(machine, steps)
  assert.equal(await standing(store, root), 'trusted')
  const file = `${subjectHashOld(root.der)}.0`
  assert.deepEqual(steps[0]?.args, ['-s', 'emulator-5554', 'push', root.path, `/data/local/tmp/${file}`])
  assert.deepEqual(steps[1]?.args.slice(0, 7), ['-s', 'emulator-5554', 'shell', 'su', '0', 'sh', '-c'])
  await takeAll(machine, await store.remove(root))
  assert.equal(await standing(store, root), 'not-trusted')
})

test('a device without root gets a file, and its person is told what to do with it', async t => {
  const machine = machineFor(t)
  const store = await deviceOf(machine, false)
  const root = await rootIn(machine.folder)
  assert.equal(await standing(store, root), 'unknown')
  assert.match(store.byHand!.install, /Settings.*CA certificate.*parley-ca\.crt/)
  await takeAll(machine, await store.install(root))
  const steps = await store.remove(root)
  assert.deepEqual(steps[0]?.args.slice(2), ['shell', 'rm', '-f', '/sdcard/Download/parley-ca.crt'])
  await takeAll(machine, steps)
  assert.deepEqual(await store.remove(root), [])
})

test('without adb there is no device; one that has gone is named', async t => {
  const machine = machineFor(t, { base: '/nowhere' })
  assert.deepEqual(await androidStores(machine), [])
  await assert.rejects(androidStore(machine, 'emulator-5554'), /adb is missing/)
  machine.fake('adb', adb(true))
  await assert.rejects(androidStore(machine, 'gone'), /the Android device gone is not connected/)
})
