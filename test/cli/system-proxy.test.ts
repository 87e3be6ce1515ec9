import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { status, statusJson, turnOff, turnOn } from '../../src/cli/system-proxy.ts'
import { Journal } from '../../src/launch/journal.ts'
import { SystemProxy } from '../../src/launch/system-proxy/system-proxy.ts'
import { memoryDesktop } from '../launch/system-proxy/memory-desktop.ts'
import { assertFits } from '../view/json/schemas.ts'
import { ownFolder } from './recorded-run.ts'

const before = { server: null, except: 'localhost', mode: 'off' }

function standing(here = true) {
  const desktop = memoryDesktop('desk', before, here)
  return { desktop, proxy: new SystemProxy(new Journal(join(ownFolder(), 'touched.json')), [desktop]) }
}

test('a proxy that listens on every address is reached on loopback', () => {
  for (const [host, at] of [
    ['0.0.0.0', '127.0.0.1:80'],
    ['::', '[::1]:80'],
    ['192.0.2.1', '192.0.2.1:80'],
  ] as const)
    assert.equal(turnOn(standing().proxy, { host, port: 80 }), `${at} (DESK)`)
})

test('the status says what is set, by whom, until when, and what has changed since', () => {
  const { desktop, proxy } = standing()
  assert.deepEqual(status(proxy), ['DESK: none, not set by Parley'])
  turnOn(proxy, { host: 'a', port: 1 }, 7_777_777)
  assert.deepEqual(status(proxy), ['DESK: a:1, set by Parley until process 7777777 ends'])
  turnOn(proxy, { host: 'a', port: 2 }) // that process is not there: it is undone first
  assert.deepEqual(status(proxy), ['DESK: a:2, set by Parley until "parley system-proxy off"'])
  desktop.settings.except = 'mine'
  assertFits('system-proxy', statusJson(proxy))
  assert.deepEqual(statusJson(proxy), {
    version: 1,
    desktops: [{ title: 'DESK', set: 'a:2', by: { changed: ['DESK except'] } }],
  })
  assert.match(status(proxy)[0] ?? '', /; changed since by somebody else: DESK except$/)
})

test('it is turned off once', () => {
  const { proxy } = standing()
  turnOn(proxy, { host: 'a', port: 1 })
  assert.equal(turnOff(proxy), 'the system proxy is what it was before')
  assert.equal(turnOff(proxy), 'the system proxy is not set by Parley')
})

test('where no settings are kept, the address and the PAC file are offered', () => {
  const { proxy } = standing(false)
  assert.throws(() => turnOn(proxy, { host: '::1', port: 80 }), {
    message:
      /GNOME, KDE, macOS, Windows\); give programs \[::1\]:80 as their proxy, or http:\/\/\[::1\]:80\/proxy\.pac$/,
  })
  assert.deepEqual(status(proxy), ['no settings that Parley knows are kept here (GNOME, KDE, macOS, Windows)'])
})

test('what hinders it is a sentence', () => {
  const { desktop, proxy } = standing()
  desktop.refuses = () => {}
  assert.throws(() => turnOn(proxy, { host: 'a', port: 1 }), {
    message: 'the system proxy: DESK does not take what is set (server)',
    exitCode: 1,
  })
})
