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

test('the next flow skips connections and takes the list’s selection along', () => {
  const state = press(world, ['j', 'j', 'j', 'j', 'j', 'enter', 'space'])
  assert.equal((screenOf(state) as FlowScreen).id, 8)
  assert.equal(state.screens[0].selected, 8)
  assert.equal((screenOf(press(world, ['p'], state)) as FlowScreen).id, 6)
})

test('there is nothing before the first flow', () => {
  const state = press(world, ['enter', 'p'])
  assert.equal((screenOf(state) as FlowScreen).id, 1)
  assert.match(state.notice!.text, /No more flows/)
})

test('a handshake message opens, a moment without bytes says why not', () => {
  const message = shown('c', 'j', 'j', 'enter') as MessageScreen
  assert.deepEqual([message.kind, message.log, message.index], ['message', 'client', 0])
  assert.match(press(world, ['c', 'enter']).notice!.text, /no bytes/)
})

test('messages of a leg follow each other and stop at the ends', () => {
  const index = (...keys: string[]): number => (shown('c', 'j', 'j', 'enter', ...keys) as MessageScreen).index
  assert.equal(index('J'), 1)
  assert.equal(index('K'), 0)
})

test('fold goes to the parent, unfold to the child', () => {
  const cursor = (...keys: string[]): number => (shown('c', 'j', 'j', 'enter', ...keys) as MessageScreen).cursor
  assert.equal(cursor('l'), 1)
  assert.equal(cursor('l', 'h'), 0)
  assert.equal(cursor('enter', 'enter'), 0)
})

test('secrets are masked until they are asked for', () => {
  assert.equal((shown('c', '3') as ConnectionScreen).revealed, false)
  assert.equal((shown('c', '3', 'x') as ConnectionScreen).revealed, true)
  assert.equal((shown('c', '3', 'x', 'x') as ConnectionScreen).revealed, false)
})

test('the body goes through the ways to show it, and comes back to the best', () => {
  const views = [0, 1, 2, 3, 4].map(times => flow('enter', ...Array<string>(times).fill('m')).view)
  assert.deepEqual(views, [undefined, 'text', 'raw', 'hex', undefined])
})
