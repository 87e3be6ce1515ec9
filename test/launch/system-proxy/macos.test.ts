import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Desktop, Settings } from '../../../src/launch/system-proxy/desktop.ts'
import { macos } from '../../../src/launch/system-proxy/macos.ts'
import { fakePrograms, networksetup } from './fake-programs.ts'

const address = { host: '127.0.0.1', port: 8080 }
const apply = (desktop: Desktop, settings: Settings): void => {
  for (const [name, value] of Object.entries(settings)) desktop.write(name, value)
}

test('every service that is on goes through the address, and back', t => {
  const { surroundings, calls } = fakePrograms(t, { networksetup }, { platform: 'darwin' })
  const desktop = macos(surroundings)
  assert.ok(desktop.isHere())
  apply(desktop, {
    'proxybypassdomains Wi-Fi': '*.local\n169.254/16',
    'webproxy Wi-Fi': 'on proxy.example 3128',
    'securewebproxy Wi-Fi': 'off proxy.example 3128',
    'autoproxy Wi-Fi': 'on',
    'proxyautodiscovery Wi-Fi': 'on',
  })
  const before = desktop.read()
  assert.equal(before['webproxy Wi-Fi'], 'on proxy.example 3128')
  assert.equal(before['proxybypassdomains Wi-Fi'], '*.local\n169.254/16')
  assert.equal(before['webproxy USB 10/100/1000 LAN'], 'off')
  assert.ok(!Object.keys(before).some(name => name.includes('Bluetooth')))
  assert.equal(desktop.describe(before), 'Wi-Fi: proxy.example:3128, Wi-Fi: PAC, Wi-Fi: found by WPAD')
  const ours = desktop.through(address, before)
  calls()
  apply(desktop, ours)
  const written = calls()
  assert.ok(written.includes('networksetup <-setwebproxy> <USB 10/100/1000 LAN> <127.0.0.1> <8080>'))
  assert.ok(written.includes('networksetup <-setproxybypassdomains> <Wi-Fi> <Empty>'))
  assert.deepEqual(desktop.read(), ours)
  assert.equal(desktop.describe(ours), 'Wi-Fi: 127.0.0.1:8080, USB 10/100/1000 LAN: 127.0.0.1:8080')
  apply(desktop, before)
  assert.deepEqual(desktop.read(), before)
})

test('an address that is given turns a proxy on, so one that was off is turned off after it', t => {
  const { surroundings, calls } = fakePrograms(t, { networksetup })
  macos(surroundings).write('webproxy Wi-Fi', 'off')
  assert.deepEqual(calls(), [
    'networksetup <-setwebproxy> <Wi-Fi> <> <0>',
    'networksetup <-setwebproxystate> <Wi-Fi> <off>',
  ])
})

test('one that is on without a server is said to be', () => {
  const desktop = macos({ platform: 'darwin', environment: {} })
  assert.equal(desktop.describe({ 'webproxy Wi-Fi': 'on' }), 'Wi-Fi: on, without a server')
})

test('a proxy with a password is read, and never taken away', t => {
  const { surroundings } = fakePrograms(t, { networksetup })
  const desktop = macos(surroundings)
  desktop.write('webproxy Wi-Fi', 'on proxy.example 3128')
  writeFileSync(join(surroundings.environment.STATE!, 'Wi-Fi_webproxy.secret'), '1')
  const now = desktop.read()
  assert.equal(desktop.describe(now), 'Wi-Fi: proxy.example:3128')
  assert.throws(() => desktop.through(address, now), /Wi-Fi has a proxy with a password, which could not be restored/)
})
