import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  alertDescriptions,
  alertName,
  showAlertDescription,
  showAlertLevel,
} from '../../../../src/wire/tls/registry/alerts.ts'

test('alerts have their names and decimal numbers', () => {
  assert.deepEqual([0, 48, 120, 99].map(showAlertDescription), [
    'close_notify (0)',
    'unknown_ca (48)',
    'no_application_protocol (120)',
    'unknown (99)',
  ])
  assert.deepEqual([48, 200].map(alertName), ['unknown_ca', 'alert 200'])
  assert.deepEqual([1, 2, 3].map(showAlertLevel), ['warning (1)', 'fatal (2)', 'unknown (3)'])
})

test('no name is given to two alerts', () => {
  const names = Object.values(alertDescriptions)
  assert.equal(new Set(names).size, names.length)
})
