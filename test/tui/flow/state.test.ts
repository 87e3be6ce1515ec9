import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FlowScreen, flowAtPart, flowAtTab } from '../../../src/tui/flow/state.ts'

const flow: FlowScreen = { kind: 'flow', id: 1, tab: 'response', part: 0, cursor: 0, flipped: new Set(), top: 0 }
const used = { ...flow, part: 2, cursor: 7, top: 5, found: 7, view: 'hex' }

test('a tab begins at its first line, without what was found or chosen in another', () => {
  assert.deepEqual(flowAtTab(used, 'request'), { ...flow, tab: 'request' })
})

test('another part begins at its first line, shown in the same way', () => {
  assert.deepEqual(flowAtPart(used, 1), { ...flow, part: 1, view: 'hex' })
})
