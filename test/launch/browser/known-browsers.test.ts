import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownBrowsers } from '../../../src/launch/browser/known-browsers.ts'

test('every name, command, flatpak, app and Windows program is that of one browser', () => {
  assert.deepEqual(
    knownBrowsers.map(({ name }) => name),
    ['chromium', 'chrome', 'edge', 'brave', 'vivaldi', 'firefox'],
  )
  const all = knownBrowsers.flatMap(({ commands, flatpak, app, exe }) => [...commands, flatpak, `${app[0]}.app`, exe])
  assert.equal(new Set(all).size, all.length)
})

test('two browsers share a key of the registry only if one of them is not looked for there', () => {
  const keys = knownBrowsers.filter(({ sharesKey }) => !sharesKey).map(({ exe }) => exe.split('\\').at(-1))
  assert.equal(new Set(keys).size, keys.length)
})
