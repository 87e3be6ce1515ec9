import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keymap } from '../../../src/tui/commands.ts'
import { holding } from '../../../src/tui/held/holding.ts'

test('what is done with held messages is in the table, and offered only where a proxy runs', () => {
  for (const name of Object.keys(holding)) {
    const command = keymap.commands.find(each => each.name === name)
    assert.equal(command?.live, true, name)
  }
  assert.equal(keymap.commandFor('i', 'list'), 'ask-hold')
  assert.equal(keymap.commandFor('a', 'held-message'), 'resume')
  assert.equal(
    keymap.offered('list', false).some(({ name }) => name in holding),
    false,
  )
})
