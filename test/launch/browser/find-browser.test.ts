import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserAt, findBrowser, placesSaid } from '../../../src/launch/browser/find-browser.ts'
import { knownBrowsers } from '../../../src/launch/browser/known-browsers.ts'
import type { Machine } from '../../../src/launch/browser/machine.ts'

const known = (name: string) => knownBrowsers.find(each => each.name === name)!

/** A machine that has only these files: each path with its text. */
function machine(
  platform: NodeJS.Platform,
  files: Readonly<Record<string, string>>,
  more: Partial<Machine> = {},
): Machine {
  const environment = platform === 'win32' ? windowsFolders : { PATH: '/usr/local/bin:.:/usr/bin' }
  const isProgram = (path: string): boolean => Object.hasOwn(files, path)
  return {
    platform,
    environment,
    home: '/home/ann',
    isProgram,
    read: path => files[path] ?? '',
    ask: () => '',
    ...more,
  }
}

const windowsFolders = {
  PROGRAMFILES: 'C:\\Program Files',
  'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
  LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local',
}
const elf = '\x7fELF … /snap/bin/chromium'
const placed = (name: string, on: Machine) => {
  const found = findBrowser(known(name), on)
  return found && [found.command, found.home]
}

test('on Linux a browser is found on PATH, by any of its names', () => {
  assert.deepEqual(placed('chromium', machine('linux', { '/usr/bin/chromium': elf })), ['/usr/bin/chromium', undefined])
  const [stable, esr] = ['/usr/local/bin/google-chrome-stable', '/usr/bin/firefox-esr']
  assert.deepEqual(placed('chrome', machine('linux', { [stable]: elf })), [stable, undefined])
  assert.deepEqual(placed('firefox', machine('linux', { [esr]: elf })), [esr, undefined])
  assert.equal(findBrowser(known('edge'), machine('linux', { [esr]: elf })), undefined)
})

test('a relative folder of PATH is not looked at', () => {
  assert.equal(findBrowser(known('chromium'), machine('linux', { chromium: elf, './chromium': elf })), undefined)
})

test('a snap, by itself or behind a script of the distribution, writes below ~/snap', () => {
  const home = '/home/ann/snap/chromium/common'
  assert.deepEqual(placed('chromium', machine('linux', { '/snap/bin/chromium': '' })), ['/snap/bin/chromium', home])
  const script = { '/usr/bin/chromium-browser': '#!/bin/sh\nexec /snap/bin/chromium "$@"\n' }
  assert.deepEqual(placed('chromium', machine('linux', script)), ['/usr/bin/chromium-browser', home])
})

test('a flatpak writes below ~/.var/app', () => {
  const own = '/home/ann/.local/share/flatpak/exports/bin/org.mozilla.firefox'
  const home = '/home/ann/.var/app/org.mozilla.firefox/data'
  assert.deepEqual(placed('firefox', machine('linux', { [own]: '#!/bin/sh' })), [own, home])
  const shared = '/var/lib/flatpak/exports/bin/com.google.Chrome'
  assert.deepEqual(placed('chrome', machine('linux', { [shared]: '' })), [
    shared,
    '/home/ann/.var/app/com.google.Chrome/data',
  ])
})

test('on macOS it is the program inside the app, of all people or of one', () => {
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  assert.deepEqual(placed('chrome', machine('darwin', { [chrome]: '' })), [chrome, undefined])
  const firefox = '/home/ann/Applications/Firefox.app/Contents/MacOS/firefox'
  assert.deepEqual(placed('firefox', machine('darwin', { [firefox]: '' })), [firefox, undefined])
})

test('on Windows it lies in a folder of programs, or where the registry says', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  assert.deepEqual(placed('edge', machine('win32', { [edge]: '' })), [edge, undefined])
  const vivaldi = 'C:\\Users\\ann\\AppData\\Local\\Vivaldi\\Application\\vivaldi.exe'
  assert.deepEqual(placed('vivaldi', machine('win32', { [vivaldi]: '' })), [vivaldi, undefined])
  const asked: string[] = []
  const elsewhere = 'D:\\Apps\\Mozilla Firefox\\firefox.exe'
  const ask = (command: string, args: readonly string[]): string => {
    asked.push([command, ...args].join(' '))
    const [, key] = args
    return key!.startsWith('HKLM') ? `\r\n${key}\r\n    (Default)    REG_SZ    "${elsewhere}"\r\n\r\n` : ''
  }
  assert.deepEqual(placed('firefox', machine('win32', { [elsewhere]: '' }, { ask })), [elsewhere, undefined])
  assert.deepEqual(
    asked,
    ['HKCU', 'HKLM'].map(
      hive => `reg query ${hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\firefox.exe /ve`,
    ),
  )
})

test('the key of chrome.exe is Chrome, not Chromium', () => {
  const ask = (): string => '    (Default)    REG_SZ    D:\\chrome.exe\r\n'
  const on = machine('win32', { 'D:\\chrome.exe': '' }, { ask })
  assert.deepEqual(placed('chrome', on), ['D:\\chrome.exe', undefined])
  assert.equal(findBrowser(known('chromium'), on), undefined)
})

test('where it was looked for is said as each system names things', () => {
  const said = (platform: NodeJS.Platform, name: string): string => placesSaid(known(name), machine(platform, {}))
  assert.equal(
    said('linux', 'chromium'),
    'chromium, chromium-browser on PATH, snap chromium, flatpak org.chromium.Chromium',
  )
  assert.equal(said('linux', 'edge'), 'microsoft-edge, microsoft-edge-stable on PATH, flatpak com.microsoft.Edge')
  assert.equal(said('darwin', 'chrome'), 'Google Chrome.app')
  assert.equal(said('win32', 'firefox'), 'Mozilla Firefox\\firefox.exe')
})

test('a path is a browser of the family that its name says; an app is opened up', () => {
  const found = (platform: NodeJS.Platform, path: string, files = { [path]: elf }) => {
    const browser = browserAt(path, machine(platform, files))
    return browser && [browser.title, browser.family, browser.command]
  }
  assert.deepEqual(found('linux', '/opt/thorium'), ['thorium', 'chromium', '/opt/thorium'])
  assert.deepEqual(found('linux', '/opt/librewolf'), ['librewolf', 'firefox', '/opt/librewolf'])
  const zen = 'C:\\zen\\zen.exe'
  assert.deepEqual(found('win32', zen), ['zen', 'firefox', zen])
  const inside = '/Applications/Firefox Nightly.app/Contents/MacOS/firefox'
  const app = '/Applications/Firefox Nightly.app'
  assert.deepEqual(found('darwin', app, { [inside]: '' }), ['Firefox Nightly', 'firefox', inside])
  assert.equal(found('linux', '/opt/none', {}), undefined)
})
