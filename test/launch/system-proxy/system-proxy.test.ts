import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Journal } from '../../../src/launch/journal.ts'
import { SystemProxyError } from '../../../src/launch/system-proxy/desktop.ts'
import { kind, SystemProxy } from '../../../src/launch/system-proxy/system-proxy.ts'
import { memoryDesktop } from './memory-desktop.ts'

const address = { host: '127.0.0.1', port: 8080 }
const before = { server: null, except: 'localhost', mode: 'off' }
const ours = { server: '127.0.0.1:8080', except: null, mode: 'on' }
const nobody = 2 ** 30 // above every process number

function surroundings(t: TestContext, ...desktops: ReturnType<typeof memoryDesktop>[]) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const journal = new Journal(join(folder, 'touched.json'))
  return { journal, proxy: new SystemProxy(journal, desktops) }
}

test('what was set comes back, and programs hear of both', t => {
  const desktop = memoryDesktop('a', before)
  const { journal, proxy } = surroundings(t, desktop)
  proxy.set(address, process.pid)
  assert.deepEqual(desktop.settings, ours)
  assert.deepEqual(proxy.standing(), [{ title: 'A', set: '127.0.0.1:8080', by: { owner: process.pid, changed: [] } }])
  assert.deepEqual(proxy.restore(), [])
  assert.deepEqual(desktop.settings, before)
  assert.deepEqual([desktop.announced, journal.touched(kind)], [2, []])
  assert.deepEqual(proxy.standing(), [{ title: 'A', set: 'none' }])
})

test('what is set is in the journal before it is set', t => {
  const desktop = memoryDesktop('a', before)
  const { journal, proxy } = surroundings(t, desktop)
  const noted: number[] = []
  desktop.refuses = (name, value) => {
    noted.push(journal.touched(kind).length)
    desktop.settings[name] = value
  }
  proxy.set(address)
  assert.deepEqual(noted, [1, 1, 1])
})

test('what somebody else has changed since stays, and is named', t => {
  const desktop = memoryDesktop('a', before)
  const { proxy } = surroundings(t, desktop)
  proxy.set(address)
  desktop.settings.server = 'other:1'
  assert.deepEqual(proxy.standing()[0]?.by, { changed: ['A server'] })
  assert.deepEqual(proxy.restore(), ['A server'])
  assert.deepEqual(desktop.settings, { ...before, server: 'other:1' })
})

test('what somebody else has put back already needs no word', t => {
  const desktop = memoryDesktop('a', before)
  const { proxy } = surroundings(t, desktop)
  proxy.set(address)
  Object.assign(desktop.settings, before)
  assert.deepEqual(proxy.restore(), [])
  assert.deepEqual(desktop.settings, before)
})

test('a setting that has gone meanwhile is not made anew', t => {
  const desktop = memoryDesktop('a', before)
  const { proxy } = surroundings(t, desktop)
  proxy.set(address)
  delete desktop.settings.except
  assert.deepEqual(proxy.restore(), [])
  assert.deepEqual(desktop.settings, { server: null, mode: 'off' })
})

test('what a process set that is gone is undone; what lasts, or belongs to one that runs, is not', t => {
  for (const [owner, after] of [
    [nobody, before],
    [process.pid, ours],
    [undefined, ours],
  ] as const) {
    const desktop = memoryDesktop('a', before)
    const { proxy } = surroundings(t, desktop)
    proxy.set(address, owner)
    proxy.restoreLeftBehind()
    assert.deepEqual(desktop.settings, after, String(owner))
  }
})

test('a crash between the journal and the settings leaves nothing to do', t => {
  const desktop = memoryDesktop('a', before)
  const { journal, proxy } = surroundings(t, desktop)
  journal.note({ kind, key: 'a', before: JSON.stringify({ before, ours }), owner: nobody })
  assert.deepEqual(proxy.restoreLeftBehind(), [])
  assert.deepEqual([desktop.settings, journal.touched(kind)], [before, []])
})

test('one Parley at a time; turned on anew, it leads elsewhere and back to the beginning', t => {
  const desktop = memoryDesktop('a', before)
  const { proxy } = surroundings(t, desktop)
  proxy.set(address, process.pid)
  assert.throws(() => proxy.set({ ...address, port: 1 }), /set by process \d+, until that ends/)
  proxy.restore()
  proxy.set(address)
  assert.throws(() => proxy.set(address, process.pid), /it is on until "parley system-proxy off"/)
  proxy.set({ ...address, port: 1 })
  assert.equal(desktop.settings.server, '127.0.0.1:1')
  proxy.restore()
  assert.deepEqual(desktop.settings, before)
})

test('where one desktop fails, or does not take what is set, none is changed', t => {
  const [good, bad] = [memoryDesktop('a', before), memoryDesktop('b', before)]
  const { journal, proxy } = surroundings(t, good, bad)
  bad.refuses = () => {
    throw new SystemProxyError('gone')
  }
  assert.throws(() => proxy.set(address), /^Error: gone$/)
  bad.refuses = () => {}
  assert.throws(() => proxy.set(address), /B does not take what is set \(server\)/)
  assert.deepEqual([good.settings, bad.settings, journal.touched(kind)], [before, before, []])
})

test('what cannot be put back is kept for the next time', t => {
  const desktop = memoryDesktop('a', before)
  const { journal, proxy } = surroundings(t, desktop)
  proxy.set(address)
  desktop.refuses = () => {}
  assert.throws(() => proxy.restore(), /A does not take back what was set/)
  assert.equal(journal.touched(kind).length, 1)
  delete desktop.refuses
  proxy.restore()
  assert.deepEqual(desktop.settings, before)
})

test('a desktop that is not here is not set, but what was done to it is undone', t => {
  const desktop = memoryDesktop('a', ours, false)
  const { journal, proxy } = surroundings(t, desktop)
  proxy.set(address)
  assert.deepEqual([proxy.here, proxy.standing(), journal.touched(kind)], [[], [], []])
  journal.note({ kind, key: 'a', before: JSON.stringify({ before, ours }) })
  proxy.restore()
  assert.deepEqual(desktop.settings, before)
})

test('what another version has set in a desktop of its own is kept for that', t => {
  const { journal, proxy } = surroundings(t, memoryDesktop('a', before))
  journal.note({ kind, key: 'b', before: JSON.stringify({ before, ours }) })
  assert.throws(() => proxy.restore(), /another version of Parley has set it, in b/)
  assert.equal(journal.touched(kind).length, 1)
})

test('an entry that is not what Parley writes is refused', t => {
  for (const text of ['', '{}', '{"before":{"a":1},"ours":{}}', '{"before":null,"ours":{}}']) {
    const { journal, proxy } = surroundings(t, memoryDesktop('a', before))
    journal.note({ kind, key: 'a', before: text })
    assert.throws(() => proxy.restore(), /what was set before Parley changed it \(a\) cannot be read/)
  }
})
