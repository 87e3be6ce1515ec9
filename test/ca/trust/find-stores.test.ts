import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findStores, storeAt } from '../../../ca/trust/find-stores.ts'
import { TrustError } from '../../../ca/trust/step.ts'
import { machineFor } from './machine.ts'

test('the system’s store is that of the platform', async t => {
  const machine = machineFor(t)
  const titles = async (platform: NodeJS.Platform) =>
    (await findStores({ ...machine, platform }, 'system')).map(({ title }) => title)
  assert.deepEqual(await titles('linux'), [])
  machine.put('usr/local/share/ca-certificates/x')
  assert.deepEqual(await titles('linux'), ['the system, as Debian has it'])
  assert.deepEqual(await titles('darwin'), ['the system’s keychain'])
  assert.deepEqual(await titles('win32'), ['Windows'])
})

test('a store that was touched is found again by its place, or it is said that it is gone', async t => {
  const machine = machineFor(t)
  machine.put('usr/local/share/ca-certificates/x')
  const place = machine.at('usr/local/share/ca-certificates')
  assert.equal((await storeAt(machine, 'system', place)).place, place)
  await assert.rejects(storeAt(machine, 'system', '/etc'), TrustError)
  for (const kind of ['nss', 'java'] as const) assert.equal((await storeAt(machine, kind, '/there')).place, '/there')
  await assert.rejects(storeAt({ ...machine, base: '/nowhere' }, 'android', 'X1'), TrustError)
})

test('where nothing is, nothing is found', async t => {
  const machine = machineFor(t)
  for (const kind of ['system', 'nss', 'java', 'android'] as const)
    assert.deepEqual(await findStores({ ...machine, environment: { PATH: '' } }, kind), [])
})
