import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownDesktops } from '../../../src/launch/system-proxy/desktops.ts'
import { fakePrograms } from './fake-programs.ts'

test('one desktop at most is here, and all are known by names of their own', t => {
  const programs = { gsettings: '', kwriteconfig6: '' }
  for (const [platform, desktop, here] of [
    ['linux', 'ubuntu:GNOME', ['gnome']],
    ['linux', 'KDE', ['kde']],
    ['linux', 'sway', []],
    ['darwin', '', ['macos']],
    ['win32', '', ['windows']],
  ] as const) {
    const known = knownDesktops(fakePrograms(t, programs, { platform, desktop }).surroundings)
    assert.deepEqual(
      known.filter(each => each.isHere()).map(({ name }) => name),
      here,
    )
    assert.equal(new Set(known.map(({ name }) => name)).size, 4)
  }
})
