import assert from 'node:assert/strict'
import { test } from 'node:test'
import { macKeychain } from '../../../ca/trust/mac-keychain.ts'
import { machineFor, rootIn, standing, takeAll } from './machine.ts'

/** `security` of macOS 15, as far as it is asked here: a keychain in a folder, and trust settings beside it. */
const security = `
  const [verb] = args, last = args.at(-1), hash = pem => new crypto.X509Certificate(pem).fingerprint.replaceAll(':', '')
  const kept = fs.readdirSync(state).filter(name => name.endsWith('.pem')).map(name => path.join(state, name))
  const fail = (words, code) => { console.error(words); process.exit(code) }
  if (verb === 'find-certificate') {
    if (kept.length === 0) fail('security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.', 44)
    for (const file of kept) console.log(fs.readFileSync(file, 'utf8').trim())
  } else if (verb === 'add-trusted-cert') {
    const pem = fs.readFileSync(last)
    fs.writeFileSync(path.join(state, hash(pem) + '.pem'), pem)
    fs.writeFileSync(path.join(state, hash(pem) + '.trusted'), '')
  } else if (verb === 'verify-cert') {
    if (!fs.existsSync(path.join(state, hash(fs.readFileSync(last)) + '.trusted'))) fail('Cert Verify Result: CSSMERR_TP_NOT_TRUSTED', 1)
  } else if (verb === 'remove-trusted-cert') fs.rmSync(path.join(state, hash(fs.readFileSync(last)) + '.trusted'))
  else if (verb === 'delete-certificate') fs.rmSync(path.join(state, args[2] + '.pem'))
  else fail('security: unknown command "' + verb + '"', 1)`

test('the keychain is asked and changed by security, as root, and read by bytes', async t => {
  const machine = machineFor(t, { platform: 'darwin' })
  machine.fake('security', security)
  const store = macKeychain(machine)
  const [root, former] = [await rootIn(machine.folder), await rootIn(machine.folder)]
  assert.equal(await standing(store, root), 'not-trusted')
  assert.deepEqual(await store.remove(root), [])
  await takeAll(machine, await store.install(former))
  assert.equal(await standing(store, root), 'other-root')
  await takeAll(machine, await store.install(root))
  assert.equal(await standing(store, root), 'trusted')
  const steps = await store.remove(former)
  assert.ok([...steps, ...(await store.install(root))].every(step => step.asRoot))
  await takeAll(machine, steps)
  assert.equal(await standing(store, root), 'trusted')
  await takeAll(machine, await store.remove(root))
  assert.equal(await standing(store, root), 'not-trusted')
  const keychain = machine.at('Library/Keychains/System.keychain')
  const calls = machine.calls()
  assert.ok(calls.includes(`security add-trusted-cert -d -r trustRoot -p ssl -p basic -k ${keychain} ${root.path}`))
  assert.ok(calls.includes(`security verify-cert -q -l -L -p ssl -c ${root.path}`))
  assert.deepEqual(calls.slice(-3, -1), [
    `security remove-trusted-cert -d ${root.path}`,
    `security delete-certificate -Z ${root.sha1.toUpperCase()} ${keychain}`,
  ])
})

test('a root in the keychain without trust settings is not trusted, and it is said why', async t => {
  const machine = machineFor(t, { platform: 'darwin' })
  machine.fake('security', security)
  const root = await rootIn(machine.folder)
  const store = macKeychain(machine)
  await takeAll(machine, await store.install(root))
  await takeAll(machine, (await store.remove(root)).slice(0, 1))
  const checked = await store.check(root)
  assert.equal(checked.standing, 'not-trusted')
  assert.match(checked.says!, /no trust settings/)
  await takeAll(machine, await store.remove(root)) // as after an uninstall that was stopped
  assert.deepEqual(await store.remove(root), [])
})
