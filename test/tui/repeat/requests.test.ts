import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Came } from '../../../src/tui/actions.ts'
import { keymap } from '../../../src/tui/commands.ts'
import { acting, flowRow, rowWorld } from '../world.ts'

const world = rowWorld([flowRow(1), flowRow(2)])

test('r, e and Ctrl-N are the keys of the list, and r and Ctrl-N those of a flow', () => {
  const named = (key: string, context: string) => keymap.commandFor(key, context)
  assert.deepEqual(
    ['r', 'e', 'ctrl-n'].map(key => named(key, 'list')),
    ['repeat', 'edit-request', 'compose'],
  )
  assert.deepEqual(
    ['r', 'e', 'ctrl-n'].map(key => named(key, 'flow')),
    ['repeat', 'edit', 'compose'],
  )
})

test('it is the selected flow that is sent again', async () => {
  const sent: unknown[][] = []
  const came = async (...said: unknown[]): Promise<Came> => {
    sent.push(said)
    return { text: 'came', good: true }
  }
  const requests = { repeat: came, send: came, text: () => ({ name: 'x', bytes: Buffer.from('') }) }
  assert.deepEqual(await acting(world, 'repeat', ['j'], { requests }, '5 2').later, { text: 'came', tone: 'good' })
  assert.deepEqual(sent, [[2, 5, 2]])
})
