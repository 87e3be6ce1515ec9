import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertTexts } from '../../../../src/wire/tls/registry/alert-texts.en.ts'
import { alertDescriptions } from '../../../../src/wire/tls/registry/alerts.ts'

test('every alert is explained, and nothing else', () => {
  const expected = Object.values(alertDescriptions).map(name => `alert.${name}`)
  assert.deepEqual(Object.keys(alertTexts).sort(), [...new Set(expected)].sort())
})
