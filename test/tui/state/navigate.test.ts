import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnyScreen,
  type ConnectionScreen,
  type FlowScreen,
  type MessageScreen,
  screenOf,
} from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const shown = (...keys: string[]): AnyScreen => screenOf(press(world, keys))
const flow = (...keys: string[]): FlowScreen => shown(...keys) as FlowScreen

test('a flow without a response opens on its request, one with it on its response', () => {
  assert.deepEqual([flow('enter').id, flow('enter').tab], [1, 'request'])
  assert.deepEqual([flow('j', 'enter').id, flow('j', 'enter').tab], [2, 'response'])
})

test('a connection’s row opens the connection', () => {
  const screen = shown('j', 'j', 'j', 'j', 'j', 'j', 'enter') as ConnectionScreen
  assert.deepEqual([screen.kind, screen.id], ['connection', 2])
})

test('every screen can be left the way it was entered', () => {
  const state = press(world, ['j', 'enter', 'c', 'j', 'j', 'enter', '?'])
  assert.deepEqual(
    state.screens.map(({ kind }) => kind),
    ['list', 'flow', 'connection', 'message', 'help'],
  )
  const left = press(world, ['q', 'esc', 'q', 'q'], state)
  assert.equal(left.screens.length, 1)
  assert.equal(left.screens[0].selected, 2)
})

test('q leaves the program from the list, esc does not', () => {
  const idle = { ...world, status: { ...world.status, recording: false } }
  assert.equal(press(idle, ['q']).done, true)
  assert.equal(press(world, ['esc', 'esc']).done, false)
  assert.equal(press(world, ['enter', 'Q']).done, true)
})

test('tabs go round', () => {
  assert.equal(flow('enter', 'tab').tab, 'response')
  assert.equal(flow('enter', 'shift-tab').tab, 'timing')
  assert.equal(flow('enter', 'l', 'l', 'l', 'l').tab, 'request')
  assert.equal((shown('c', 'K') as ConnectionScreen).tab, 'keys')
})

test('a handshake message opens, a moment without bytes says why not', () => {
  const message = shown('c', 'j', 'j', 'enter') as MessageScreen
  assert.deepEqual([message.kind, message.log, message.index], ['message', 'client', 0])
  assert.match(press(world, ['c', 'enter']).notice!.text, /no bytes/)
})
