import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bindings, commandFor, commands, completions, contexts, keysOf } from '../../src/tui/keymap.ts'

test('no key stands for two commands in one context', () => {
  const seen = new Map<string, string>()
  for (const { key, context, command } of bindings()) {
    const place = `${context} ${key}`
    assert.equal(seen.get(place), undefined, `${place}: ${seen.get(place)} and ${command}`)
    seen.set(place, command)
  }
})

test('every command has a key or can be typed by its name', () => {
  for (const { name, for: where } of commands) {
    assert.ok(where.length > 0, name)
    const typed = where.some(context => name === 'command' || completions(name, context).length === 1)
    assert.ok(typed || bindings().some(({ command }) => command === name), name)
  }
})

test('every context has a way back, help and a way out', () => {
  for (const context of contexts) {
    assert.equal(commandFor('esc', context), 'cancel', context)
    assert.equal(commandFor('q', context), 'back', context)
    assert.equal(commandFor('ctrl-c', context), 'quit', context)
    if (context !== 'copy' && context !== 'help') assert.equal(commandFor('?', context), 'help', context)
  }
})

test('a key that no context binds is no command', () => {
  assert.equal(commandFor('Z', 'list'), undefined)
  assert.equal(commandFor('x', 'list'), undefined)
})

test('a name typed in full is not one of several', () => {
  assert.deepEqual(
    completions('copy', 'list').map(({ name }) => name),
    ['copy'],
  )
  assert.deepEqual(
    completions('fo', 'list').map(({ name }) => name),
    ['follow'],
  )
  assert.deepEqual(completions('reveal', 'list'), [])
})

test('the first key of a command is the one to show', () => {
  assert.deepEqual(keysOf('down', 'list'), ['j', 'down'])
  assert.deepEqual(keysOf('reveal', 'list'), [])
})

test('what the copy menu copies can be asked for by name without it', () => {
  for (const context of ['list', 'flow'] as const)
    assert.deepEqual(
      completions('copy-cu', context).map(({ name }) => name),
      ['copy-curl'],
    )
})
