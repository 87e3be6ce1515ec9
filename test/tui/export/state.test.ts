import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExportScreen, formatAt } from '../../../src/tui/export/state.ts'

test('the format at the cursor is one that there is', () => {
  const har = { key: 'har', says: 'x', ending: '.har' }
  const screen: ExportScreen = { kind: 'export', cursor: 9, top: 0, formats: [har], tab: 'all', redacted: false }
  assert.equal(formatAt(screen), har)
  assert.equal(formatAt({ ...screen, formats: [] }), undefined)
})
