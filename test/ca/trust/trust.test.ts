import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nssStore } from '../../../ca/trust/nss.ts'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { readTouched } from '../../../ca/trust/touched.ts'
import {
  type Checked,
  check,
  inPrivateFolder,
  install,
  planInstall,
  planRemoval,
  remove,
  type Store,
  TrustError,
} from '../../../ca/trust/trust.ts'
import { Journal } from '../../../src/launch/journal.ts'
import { machineFor, rootIn } from './machine.ts'

const skip = findProgram(thisMachine(), 'certutil') === undefined && 'needs certutil'

test('what is to change is written down before it does, and stays written where it fails', async t => {
  const machine = machineFor(t)
  const journal = new Journal(join(machine.folder, 'touched.json'))
  const root = await rootIn(machine.folder)
  const reached = { kind: 'java', place: '/cacerts' } as const
  const store: Store = {
    ...{ kind: 'system', place: '/anchors', title: 'a store' },
    reaches: [reached],
    check: async (): Promise<Checked> => ({ standing: 'not-trusted', says: 'not so' }),
    install: async () => [{ command: 'break', args: [], asRoot: false }],
    remove: async () => [],
  }
  machine.fake('break', `process.exit(require('node:fs').existsSync(${JSON.stringify(journal.path)}) ? 7 : 8)`)
  await assert.rejects(install(machine, journal, await planInstall(store, root)), /break failed with 7/)
  assert.deepEqual(
    readTouched(journal).touched.map(({ store: kind, place }) => [kind, place]),
    [
      ['system', '/anchors'],
      ['java', '/cacerts'],
    ],
  )
  machine.fake('break', '')
  await assert.rejects(install(machine, journal, await planInstall(store, root)), /\/anchors does not trust .*: not so/)
})

test('uninstalling takes out what was put in, though the root was renewed, and what is gone already is forgotten', {
  skip,
}, async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  const journal = new Journal(join(machine.folder, 'touched.json'))
  const root = await rootIn(machine.folder)
  const places = ['a', 'b', 'c'].map(name => join(machine.home, name))
  for (const place of places) {
    mkdirSync(place)
    execFileSync('certutil', ['-N', '-d', `sql:${place}`, '--empty-password'])
    assert.equal(
      (await install(machine, journal, await planInstall(nssStore(machine, place), root))).standing,
      'trusted',
    )
  }
  rmSync(root.path) // as after `ca new`
  rmSync(places[1]!, { recursive: true })
  execFileSync('certutil', ['-D', '-d', `sql:${places[2]}`, '-n', `Parley CA ${root.name.slice(7)}`])
  const counts: number[] = []
  await inPrivateFolder(async folder => {
    for (const touched of readTouched(journal).touched) {
      const task = await planRemoval(machine, touched, folder)
      counts.push(task.steps.length)
      await remove(machine, journal, touched, task)
    }
  })
  assert.deepEqual(counts, [1, 0, 0])
  assert.deepEqual(readTouched(journal).touched, [])
  assert.equal((await check(nssStore(machine, places[0]!), root)).standing, 'not-trusted')
})

test('a root that stays where it was is not forgotten', async t => {
  const machine = machineFor(t, {}, process.env.PATH!)
  machine.fake('rm', '')
  machine.fake('update-ca-certificates', '')
  machine.fake('install', 'fs.copyFileSync(args.at(-2), args.at(-1))')
  machine.put('usr/local/share/ca-certificates/x')
  const journal = new Journal(join(machine.folder, 'touched.json'))
  const root = await rootIn(machine.folder)
  const place = machine.at('usr/local/share/ca-certificates')
  machine.put(`usr/local/share/ca-certificates/${root.name}.crt`, root.pem)
  const entry = {
    kind: 'trust',
    key: 'it',
    before: JSON.stringify({ store: 'system', place, without: root.der.toString('base64') }),
  }
  journal.note(entry)
  await inPrivateFolder(async folder => {
    const [touched] = readTouched(journal).touched
    await assert.rejects(remove(machine, journal, touched!, await planRemoval(machine, touched!, folder)), /still has/)
  })
  assert.equal(readTouched(journal).touched.length, 1)
})

test('a store that cannot be asked is an answer; a fault of Parley’s is not', async t => {
  const root = await rootIn(machineFor(t).folder)
  const store = (error: Error): Store => ({
    ...{ kind: 'nss', place: '', title: '' },
    check: async () => Promise.reject(error),
    install: async () => [],
    remove: async () => [],
  })
  assert.deepEqual(await check(store(new TrustError('broken')), root), { standing: 'unknown', says: 'broken' })
  await assert.rejects(check(store(new TypeError('fault')), root), TypeError)
})

test('the private folder is gone in the end, whatever happens', async () => {
  let folder = ''
  await assert.rejects(
    inPrivateFolder(async path => {
      folder = path
      throw new Error('no')
    }),
  )
  assert.equal(existsSync(folder), false)
})
