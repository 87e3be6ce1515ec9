import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../../../src/tui/command.ts'
import { messageCommands } from '../../../src/tui/handshake-message/commands.ts'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import { initialState, push, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const shown = (...keys: string[]) => screenOf(press(world, keys)) as MessageScreen

test('messages of a leg follow each other and stop at the ends', () => {
  const index = (...keys: string[]): number => shown('c', 'j', 'j', 'enter', ...keys).index
  assert.equal(index('J'), 1)
  assert.equal(index('K'), 0)
})

test('fold goes to the parent, unfold to the child', () => {
  const cursor = (...keys: string[]): number => shown('c', 'j', 'j', 'enter', ...keys).cursor
  assert.equal(cursor('l'), 1)
  assert.equal(cursor('l', 'h'), 0)
  assert.equal(cursor('enter', 'enter'), 0)
})

test('the certificates of a message are copied as PEM', () => {
  const { messages } = world.source.connection(1)!.handshakes.client!
  const index = messages.findIndex(({ name }) => name === 'certificate')
  const message = {
    kind: 'message',
    connection: 1,
    log: 'client',
    index,
    cursor: 0,
    toggled: new Set<number>(),
  } as const
  const copied: string[] = []
  const copy = (at: number) => {
    const state = push<MessageScreen>(initialState, { ...message, index: at, explained: false, top: 0 })
    const outlets = { actions: { copy: (text: string) => void copied.push(text) }, write: () => {} }
    return messageCommands['copy-pem'].effect(state, world, outlets, '') as Outcome
  }
  assert.equal(copy(index).tone, 'good')
  assert.match(copied[0]!, /^-----BEGIN CERTIFICATE-----\n/)
  assert.equal(copy(0).tone, 'bad')
})
