import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askingFor, promptFor } from '../../../src/tui/state/prompt.ts'
import { faultOf, takesFilter } from '../../../src/tui/state/prompt-fault.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { rowWorld } from '../world.ts'

const world = rowWorld([])

test('a filter is judged wherever one is typed, other texts by their screen', () => {
  assert.match(faultOf(promptFor('filter', '~c x'), initialState, world) ?? '', /expected/)
  assert.match(faultOf(askingFor('hold', '~c x', 'hold-if', 'breakpoint'), initialState, world) ?? '', /expected/)
  assert.equal(faultOf(promptFor('filter', '~c 200'), initialState, world), undefined)
  assert.equal(faultOf(promptFor('search', '~c x'), initialState, world), undefined)
  assert.equal(faultOf(askingFor('name', '~c x', 'set-name'), initialState, world), undefined)
  assert.equal(takesFilter(promptFor('command')), false)
})
