import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kde } from '../../../src/launch/system-proxy/kde.ts'
import { fakePrograms, kreadconfig, kwriteconfig } from './fake-programs.ts'

const scripts = { kreadconfig6: kreadconfig, kwriteconfig6: kwriteconfig, 'dbus-send': '' }
const place = '<--file> <kioslaverc> <--group> <Proxy Settings> <--key>'

test('it is here in a session of KDE, with the programs of either version', t => {
  const isHere = (desktop: string, names: readonly string[]) =>
    kde(fakePrograms(t, Object.fromEntries(names.map(name => [name, ''])), { desktop }).surroundings).isHere()
  assert.ok(isHere('KDE', ['kwriteconfig5']))
  assert.ok(isHere('KDE', ['kwriteconfig6', 'kwriteconfig5']))
  assert.ok(!isHere('KDE', []))
  assert.ok(!isHere('GNOME', ['kwriteconfig6']))
})

test('settings go the way that KDE writes them, and come back', t => {
  const { surroundings, calls } = fakePrograms(t, scripts)
  const desktop = kde(surroundings)
  const before = desktop.read()
  assert.ok(Object.values(before).every(value => value === null))
  const ours = desktop.through({ host: '127.0.0.1', port: 8080 }, before)
  calls()
  for (const [name, value] of Object.entries(ours)) desktop.write(name, value)
  assert.deepEqual(calls()[0], `kwriteconfig6 ${place} <httpProxy> <--> <http://127.0.0.1 8080>`)
  const now = desktop.read()
  for (const [name, value] of Object.entries(ours)) assert.equal(now[name], value, name)
  assert.equal(desktop.describe(now), '127.0.0.1:8080')
  calls()
  for (const name of Object.keys(ours)) desktop.write(name, null)
  assert.equal(calls()[0], `kwriteconfig6 ${place} <httpProxy> <--delete> <>`)
  assert.deepEqual(desktop.read(), before)
})

test('running programs are told over D-Bus, and where there is none it does not matter', t => {
  const { surroundings, calls } = fakePrograms(t, { 'dbus-send': 'exit 1' })
  kde(surroundings).announce?.()
  assert.match(calls()[0] ?? '', /^dbus-send .*<org\.kde\.KIO\.Scheduler\.reparseSlaveConfiguration> <string:>$/)
})

test('every kind of setting is said in short', t => {
  const { describe } = kde(fakePrograms(t, scripts).surroundings)
  assert.equal(describe({}), 'none')
  assert.equal(describe({ ProxyType: '2', 'Proxy Config Script': 'http://a/p.pac' }), 'PAC http://a/p.pac')
  assert.equal(describe({ ProxyType: '3' }), 'found by WPAD')
  assert.equal(describe({ ProxyType: '4' }), 'from the environment')
  const both = { ProxyType: '1', httpProxy: 'http://[::1] 1', httpsProxy: 'http://b:2' }
  assert.equal(describe(both), '[::1]:1, b:2')
})
