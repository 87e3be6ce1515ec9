import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLeftBehind } from '../../../src/doctor/checks/left-behind.ts'
import { hereWith } from '../here.ts'

const found = (undone: readonly string[], hindered: readonly string[] = []) =>
  checkLeftBehind(hereWith({}, { leftBehind: { undone, hindered } })).map(({ level, says }) => `${level}: ${says}`)

test('nothing left, something undone and something that stays are told apart', () => {
  assert.deepEqual(found([]), ['ok: no Parley that was killed has left anything here'])
  assert.deepEqual(found(['system-proxy', 'browser', 'later']), [
    'ok: a Parley that was killed had left the system proxy, a browser’s profile, later: undone just now',
  ])
  assert.deepEqual(found(['folder'], ['/x is damaged']), ['trouble: /x is damaged'])
})
