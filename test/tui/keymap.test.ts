import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Keymap } from '../../src/tui/keymap.ts'

const keymap = () =>
  new Keymap(
    {
      up: { says: 'up', keys: [['k up'], ['k', 'copy']] },
      upload: { says: 'send', keys: [], for: ['flow'] },
      open: { says: 'open', keys: [['enter', 'list', 'hosts']] },
      command: { says: 'by name', keys: [[':']] },
      help: { says: 'help', keys: [['?', '!help']] },
    },
    ['list', 'flow', 'hosts', 'log', 'help', 'copy'],
  )

test('a key without a place holds everywhere but in the copy menu', () => {
  assert.equal(keymap().commandFor('up', 'log'), 'up')
  assert.equal(keymap().commandFor('up', 'copy'), undefined)
  assert.equal(keymap().commandFor('k', 'copy'), 'up')
  assert.equal(keymap().commandFor('enter', 'flow'), undefined)
})

test('a key can hold everywhere but in one place', () => {
  assert.deepEqual(
    ['list', 'log', 'help', 'copy'].map(context => keymap().commandFor('?', context)),
    ['help', 'help', undefined, undefined],
  )
})

test('a command means something where its keys hold, or where it says', () => {
  const places = Object.fromEntries(keymap().commands.map(each => [each.name, each.for]))
  assert.deepEqual(places.open, ['list', 'hosts'])
  assert.deepEqual(places.upload, ['flow'])
})

test('a key that is bound anew stands for the other command there alone, and is the one to show', () => {
  const map = keymap()
  map.bind([{ key: 'enter', context: 'list', command: 'up' }])
  assert.deepEqual(map.keysOf('up', 'list'), ['enter', 'k', 'up'])
  assert.deepEqual(map.keysOf('open', 'list'), [])
  assert.deepEqual(map.keysOf('open', 'hosts'), ['enter'])
})

test('a start is completed to all that begin so, a full name to itself, and never to the command line', () => {
  const names = (typed: string) =>
    keymap()
      .completions(typed, 'flow', true)
      .map(({ name }) => name)
  assert.deepEqual(names('u'), ['up', 'upload'])
  assert.deepEqual(names('up'), ['up'])
  assert.deepEqual(names('comm'), [])
})
