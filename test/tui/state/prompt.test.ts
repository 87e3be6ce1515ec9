import assert from 'node:assert/strict'
import { test } from 'node:test'
import { completeWith, editPrompt, type Prompt, promptFor, typeInto } from '../../../src/tui/state/prompt.ts'

const edited = (text: string, ...keys: string[]): Prompt =>
  keys.reduce((prompt, key) => editPrompt(prompt, key) ?? prompt, promptFor('filter', text))

test('a character goes in where the cursor is', () => {
  const { text, cursor } = typeInto(edited('ac', 'left'), 'b')
  assert.deepEqual([text, cursor], ['abc', 2])
})

test('a character of two UTF-16 units is passed and removed whole', () => {
  assert.equal(edited('a😀', 'backspace').text, 'a')
  assert.equal(edited('a😀b', 'left', 'left').cursor, 1)
  assert.equal(edited('😀b', 'home', 'delete').text, 'b')
})

test('a word and the line can be removed at once', () => {
  assert.equal(edited('~d example ~c 4', 'ctrl-w').text, '~d example ~c ')
  assert.equal(edited('~d example', 'left', 'ctrl-u').text, 'e')
})

test('the cursor stays within the text', () => {
  assert.equal(edited('ab', 'right', 'end').cursor, 2)
  assert.equal(edited('ab', 'home', 'left').cursor, 0)
})

test('a paste of several lines becomes one line without control characters', () => {
  assert.equal(typeInto(promptFor('search'), 'a\r\nb\x1b[31m').text, 'a  b [31m')
})

test('a completion replaces the word before the cursor alone', () => {
  assert.equal(completeWith(promptFor('filter', '(~al'), '~all').text, '(~all')
})

test('a key that edits nothing is left to others', () => {
  assert.equal(editPrompt(promptFor('search'), 'enter'), undefined)
  assert.equal(editPrompt(promptFor('search'), 'x'), undefined)
})
