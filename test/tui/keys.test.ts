import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionKey, keyNames, showKey, typedBy } from '../../src/tui/keys.ts'

test('keys that arrive together are told one by one', () => {
  assert.deepEqual(keyNames('jjG', {}), ['j', 'j', 'G'])
  assert.deepEqual(keyNames('j\r', {}), ['j', 'enter'])
  assert.deepEqual(keyNames('g\x06', {}), ['g', 'ctrl-f'])
})

test('named keys, control and shift have names', () => {
  assert.deepEqual(keyNames('', { upArrow: true }), ['up'])
  assert.deepEqual(keyNames('f', { ctrl: true }), ['ctrl-f'])
  assert.deepEqual(keyNames('', { tab: true, shift: true }), ['shift-tab'])
  assert.deepEqual(keyNames(' ', {}), ['space'])
  assert.deepEqual(keyNames('x', { meta: true }), ['alt-x'])
})

test('the release of a key is not another press', () => {
  assert.deepEqual(keyNames('j', { eventType: 'release' }), [])
})

test('a named key types nothing', () => {
  assert.equal(typedBy('space'), ' ')
  assert.equal(typedBy('é'), 'é')
  assert.equal(typedBy('enter'), undefined)
  assert.equal(typedBy('ctrl-a'), undefined)
})

test('arrows are shown as arrows', () => {
  assert.equal(showKey('up'), '↑')
  assert.equal(showKey('G'), 'G')
})

test('F1 is known by what different terminals send for it', () => {
  for (const sequence of ['\x1bOP', '\x1b[P', '\x1b[11~', '\x1b[[A']) assert.equal(functionKey(sequence), 'f1')
  for (const sequence of ['P', '\x1bOQ', '\x1b']) assert.equal(functionKey(sequence), undefined)
})
