import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Hint } from '../../src/tui/command.ts'
import { commandNamed, hintsFor, keymap } from '../../src/tui/commands.ts'
import { initialState, screenOf } from '../../src/tui/state/state.ts'
import { keyTable } from './key-table.ts'
import { flowRow, press, rowWorld, screenAfter } from './world.ts'

const { contexts } = keymap

test('no key stands for two commands in one context', () => {
  const seen = new Map<string, string>()
  for (const { key, context, command } of keymap.bindings()) {
    const place = `${context} ${key}`
    assert.equal(seen.get(place), undefined, `${place}: ${seen.get(place)} and ${command}`)
    seen.set(place, command)
  }
})

test('every command has a key or can be typed by its name', () => {
  for (const { name, for: where } of keymap.commands) {
    assert.ok(where.length > 0, name)
    const typed = where.some(context => name === 'command' || keymap.completions(name, context, true).length === 1)
    assert.ok(typed || keymap.bindings().some(({ command }) => command === name), name)
  }
})

test('every context has a way back, help and a way out', () => {
  for (const context of contexts) {
    assert.equal(keymap.commandFor('esc', context), 'cancel', context)
    assert.equal(keymap.commandFor('q', context), 'back', context)
    assert.equal(keymap.commandFor('ctrl-c', context), 'quit', context)
    if (context !== 'copy' && context !== 'help') assert.equal(keymap.commandFor('?', context), 'help', context)
  }
})

test('a key that no context binds is no command', () => {
  assert.equal(keymap.commandFor('Z', 'list'), undefined)
  assert.equal(keymap.commandFor('U', 'list'), undefined)
})

test('a name typed in full is not one of several', () => {
  assert.deepEqual(
    keymap.completions('copy', 'list', true).map(({ name }) => name),
    ['copy'],
  )
  assert.deepEqual(
    keymap.completions('fo', 'list', true).map(({ name }) => name),
    ['follow'],
  )
  assert.deepEqual(keymap.completions('reveal', 'list', true), [])
})

test('the first key of a command is the one to show', () => {
  assert.deepEqual(keymap.keysOf('down', 'list'), ['j', 'down'])
  assert.deepEqual(keymap.keysOf('reveal', 'list'), [])
})

test('what the copy menu copies can be asked for by name without it', () => {
  for (const context of ['list', 'flow'] as const)
    assert.deepEqual(
      keymap.completions('copy-cu', context, true).map(({ name }) => name),
      ['copy-curl'],
    )
})

test('every command does something to the screens or to the world', () => {
  for (const { name } of keymap.commands) {
    const { reduce, effect } = commandNamed(name)
    assert.ok(reduce ?? effect, name)
  }
})

test('a hint is of a command that has a key there, and no two claim one place', () => {
  for (const { name } of keymap.commands) {
    for (const row of Object.keys(commandNamed(name).hints ?? {}).filter(each => each !== 'any')) {
      const context = contexts.find(each => each === row) ?? 'copy'
      assert.ok(keymap.keysOf(name, context).length > 0, `${name} in ${row}`)
    }
  }
  for (const row of [...contexts, 'copy-whole'] as const) {
    const hints = keymap.commands.map(({ name }): Readonly<Record<string, Hint>> => commandNamed(name).hints ?? {})
    const places = hints.flatMap(each => (each[row] ?? each.any)?.[0] ?? [])
    assert.equal(new Set(places).size, places.length, row)
  }
})

test('hints stand in their order, the way out last', () => {
  const words = hintsFor('list', screenOf(initialState), rowWorld([])).map(([, word]) => word)
  assert.deepEqual(words, [
    'open',
    'connection',
    'filter',
    'follow',
    'hold',
    'repeat',
    'search',
    'copy',
    'export',
    'help',
    'quit',
  ])
})

test('the README has the keys that the table of commands has', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  assert.ok(readme.includes(`\n${keyTable()}\n`), 'npm run docs writes the table that belongs there')
})

test('what needs a proxy is not offered in a capture that is only read: not by a hint, nor by help, nor by the command line', () => {
  const { listen: _, ...read } = { ...rowWorld([]).status, recording: false }
  const world = { ...rowWorld([flowRow(1)]), status: read, rows: 200 }
  const live = { ...rowWorld([flowRow(1)]), rows: 200 }
  const onList = keymap.commands.filter(command => command.live && command.for.includes('list'))
  const needy = onList.map(({ name }) => name)
  const holding = ['ask-hold', 'hold-if', 'held', 'resume-all', 'rules']
  const sending = ['repeat', 'edit-request', 'compose']
  const others = [...sending, 'follow', 'pause', 'pass-through', 'passed-through', 'keep-passing', 'address']
  assert.deepEqual(new Set(needy), new Set([...others, ...holding]))
  for (const [shown, offered] of [
    [world, false],
    [live, true],
  ] as const) {
    const help = screenAfter(shown, ['?'])
    for (const name of needy) {
      assert.equal(help.includes(` :${name}`), offered, name)
      assert.equal(keymap.completions(name, 'list', offered).length, offered ? 1 : 0)
    }
    assert.equal(screenAfter(shown, []).includes('F follow'), offered)
  }
  const pressed = press(world, ['p'])
  assert.deepEqual([pressed.screens.length, pressed.notice?.text], [1, 'Nothing is being proxied: this is a capture.'])
})
