import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cursorOf, enterRules, isOn, ruleAt } from '../../../src/tui/rules/state.ts'
import { initialState, screenOf } from '../../../src/tui/state/state.ts'
import { rowWorld } from '../world.ts'
import { counted, header, status } from './rules.ts'

test('rules are shown only where a proxy runs', () => {
  const world = rowWorld([])
  assert.match(enterRules(initialState, world, '').notice?.text ?? '', /Nothing is being proxied/)
  const live = { ...world, status: { ...world.status, rules: { all: counted([header]) } } }
  assert.equal(screenOf(enterRules(initialState, live, '')).kind, 'rules')
  const screen = { kind: 'rules', cursor: 9, top: 0 } as const
  assert.equal(cursorOf(screen, live), 0)
  assert.equal(ruleAt(screen, live)?.source, header)
  assert.equal(ruleAt(screen, world), undefined)
  assert.deepEqual([header, status].map(isOn), [true, false])
})
