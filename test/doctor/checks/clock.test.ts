import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkClock } from '../../../src/doctor/checks/clock.ts'
import { hereWith } from '../here.ts'

const noon = Date.parse('2026-11-29T12:00:00Z')
const captures = { folder: '/c', paths: ['/c/old.parley', '/c/new.parley'] }
const changedAt = (latest: number) => (path: string) => ({
  isFolder: false,
  mode: 0o600,
  uid: 1000,
  changedAt: path.includes('new') ? latest : 0,
})

test('a clock that is later than everything is well, two minutes of difference too', () => {
  for (const latest of [noon - 1, noon + 119_000])
    assert.equal(checkClock(hereWith({ stateOf: changedAt(latest) }, { captures }))[0]!.level, 'ok')
})

test('a clock that is behind the newest capture is trouble', () => {
  const here = (platform: NodeJS.Platform) =>
    hereWith({ platform, stateOf: changedAt(noon + 86_400_000) }, { captures })
  const [finding] = checkClock(here('linux'))
  assert.equal(finding!.says, 'it is 2026-11-29 12:00 UTC by this clock, but new.parley is from 2026-11-30T12:00')
  assert.equal(finding!.remedy, 'sudo timedatectl set-ntp true')
  assert.equal(checkClock(here('win32'))[0]!.remedy, 'w32tm /resync')
})

test('a clock that is behind the root is trouble as well', () => {
  const [finding] = checkClock(hereWith({ now: () => Date.parse('1970-01-01T00:00:00Z') }))
  assert.deepEqual([finding!.level, /but the root is from 2026-11-01/.test(finding!.says)], ['trouble', true])
})
