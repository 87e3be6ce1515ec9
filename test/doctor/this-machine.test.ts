import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { thisMachine } from '../../src/doctor/this-machine.ts'

const machine = thisMachine(256)

function ownFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('an address is taken while somebody listens, by whom is seen, and it is free before and after', async t => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { readonly port: number }
  const address = { host: '127.0.0.1', port }
  assert.equal(await machine.whyTaken(address), 'EADDRINUSE')
  if (process.platform === 'linux') assert.equal((await machine.holderOf(address))?.pid, process.pid)
  await new Promise(resolve => server.close(resolve))
  for (let look = 0; look < 2; look++) assert.equal(await machine.whyTaken(address), undefined)
})

test('an address of another machine cannot be listened on', async () => {
  assert.equal(await machine.whyTaken({ host: '192.0.2.1', port: 0 }), 'EADDRNOTAVAIL')
})

test('localhost resolves, each address once; what is no name has none', async () => {
  const addresses = await machine.addressesOf('localhost')
  assert.ok(addresses.length > 0 && new Set(addresses).size === addresses.length)
  assert.deepEqual(await machine.addressesOf('no name'), [])
})

test('files are seen as they are, and what is not there is nothing', t => {
  const folder = ownFolder(t)
  const path = join(folder, 'file')
  writeFileSync(path, 'text')
  chmodSync(path, 0o640)
  const { isFolder, mode, uid, changedAt } = machine.stateOf(path)!
  assert.deepEqual([isFolder, mode, uid, machine.stateOf(folder)!.isFolder], [false, 0o640, process.getuid!(), true])
  assert.ok(Math.abs(changedAt - Date.now()) < 60_000)
  assert.equal(machine.textOf(path), 'text')
  assert.equal(machine.canWrite(folder), true)
  assert.ok(machine.roomIn(folder)! > 0)
  const gone = join(folder, 'gone')
  assert.deepEqual(
    [machine.stateOf(gone), machine.textOf(gone), machine.canWrite(gone), machine.roomIn(gone)],
    [undefined, undefined, false, undefined],
  )
})

test('a pipe that nobody writes to is not waited for', { skip: process.platform === 'win32' }, t => {
  const path = join(ownFolder(t), 'pipe')
  execFileSync('mkfifo', [path])
  assert.equal(machine.textOf(path), '')
})
