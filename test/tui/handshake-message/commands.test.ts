import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('the certificates of a message are copied as PEM', async () => {
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
    const outlets = { actions: { copy: async (text: string) => String(copied.push(text)) }, write: () => {} }
    return messageCommands['copy-pem'].effect(state, world, outlets, '')
  }
  assert.equal((await copy(index))?.tone, 'good')
  assert.match(copied[0]!, /^-----BEGIN CERTIFICATE-----\n/)
  assert.equal((await copy(0))?.tone, 'bad')
})

test('the bytes of the field at the cursor are copied, as hex, base64 or C', async () => {
  const { bytes } = world.source.connection(1)!.handshakes.client!.messages[0]!
  const screen = { kind: 'message', connection: 1, log: 'client', index: 0, toggled: new Set<number>() } as const
  const copied = (name: 'copy-field-hex' | 'copy-field-base64' | 'copy-field-c', cursor: number) => {
    const state = push<MessageScreen>(initialState, { ...screen, cursor, explained: false, top: 0 })
    const texts: string[] = []
    const outlets = { actions: { copy: async (text: string) => String(texts.push(text)) }, write: () => {} }
    void messageCommands[name].effect(state, world, outlets, '')
    return texts[0] ?? ''
  }
  const hex = Buffer.from(bytes).toString('hex')
  assert.ok(hex.includes(copied('copy-field-hex', 0)) && copied('copy-field-hex', 0).length > 0)
  assert.equal(Buffer.from(copied('copy-field-base64', 0), 'base64').toString('hex'), copied('copy-field-hex', 0))
  assert.match(copied('copy-field-c', 0), /^unsigned char bytes/)
})
