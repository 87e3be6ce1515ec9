import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { javaStore, javaStores } from '../../../ca/trust/java.ts'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { machineFor, rootIn, standing, takeAll } from './machine.ts'

const skip = findProgram(thisMachine(), 'keytool') === undefined && 'needs keytool'

test('every Java is found, and a store that several share once', t => {
  const machine = machineFor(t)
  const shared = machine.put('etc/ssl/certs/java/cacerts')
  for (const name of ['a', 'b']) {
    mkdirSync(machine.at(`usr/lib/jvm/${name}/lib/security`), { recursive: true })
    symlinkSync(shared, machine.at(`usr/lib/jvm/${name}/lib/security/cacerts`))
  }
  const own = machine.put('opt/java/c/jre/lib/security/cacerts')
  const named = machine.put('elsewhere/lib/security/cacerts')
  const mac = machine.put('Library/Java/JavaVirtualMachines/d/Contents/Home/lib/security/cacerts')
  const places = (environment: Readonly<Record<string, string>>) =>
    javaStores({ ...machine, environment: { ...machine.environment, ...environment } }).map(({ place }) => place)
  assert.deepEqual(new Set(places({})), new Set([shared, own, mac].map(path => realpathSync(path))))
  assert.equal(places({ JAVA_HOME: machine.at('elsewhere') })[0], realpathSync(named))
})

test('where keytool is missing it is said', async t => {
  const machine = machineFor(t, { base: '/nowhere' })
  const root = await rootIn(machine.folder)
  const store = javaStore(machine, join(machine.home, 'cacerts'))
  assert.equal(await standing(store, root), 'unknown')
  await assert.rejects(store.install(root), /keytool is missing/)
  assert.deepEqual(await store.remove(root), [], 'the store is gone')
})

test('keytool puts the root in and takes it out, under whatever name it is there', {
  skip,
  timeout: 200_000,
}, async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  const source = join(
    dirname(dirname(realpathSync(execFileSync('which', ['java']).toString().trim()))),
    'lib/security/cacerts',
  )
  const place = join(machine.folder, 'cacerts')
  copyFileSync(source, place)
  const store = javaStore(machine, place)
  const root = await rootIn(machine.folder)
  assert.equal(await standing(store, root), 'not-trusted')
  await takeAll(machine, await store.install(root))
  assert.equal(await standing(store, root), 'trusted')
  const hook = ['-importcert', '-noprompt', '-alias', 'debian:parley.pem', '-file', root.path]
  execFileSync('keytool', [...hook, '-keystore', place, '-storepass', 'changeit'], { stdio: 'ignore' })
  const steps = await store.remove(root)
  assert.equal(steps.length, 2)
  await takeAll(machine, steps)
  assert.equal(await standing(store, root), 'not-trusted')
  writeFileSync(place, 'no keystore')
  await assert.rejects(store.check(root), /keytool failed/)
})
