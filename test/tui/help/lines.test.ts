import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operators } from '../../../src/filter/operators.ts'
import { keymap } from '../../../src/tui/commands.ts'
import { helpLines } from '../../../src/tui/help/lines.ts'
import { contexts, showKey } from '../../../src/tui/keys.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'

for (const context of contexts)
  test(`the help for ${context} has every key that holds there`, () => {
    const lines = helpLines(context, keymap).map(plain)
    for (const binding of keymap.bindings().filter(each => each.context === context)) {
      const line = lines.find(
        each => each.includes(` :${binding.command}`) && each.trimEnd().endsWith(`:${binding.command}`),
      )
      assert.ok(line, binding.command)
      assert.ok(
        line.slice(0, 20).includes(showKey(binding.key)) || binding.key.length > 6,
        `${binding.command}: ${binding.key}`,
      )
    }
  })

test('the help for the list has every operator of the filter', () => {
  const text = helpLines('list', keymap).map(plain).join('\n')
  for (const { name } of operators) assert.ok(text.includes(`~${name}`), name)
})

for (const context of contexts)
  test(`no command of the help for ${context} is cut off at 80 columns`, () => {
    const commands = helpLines(context, keymap).filter(each => / :[a-z-]+$/.test(plain(each)))
    assert.ok(commands.length > 0 && commands.every(each => columnsOf(each) <= 80))
  })

test('a command of the copy menu is shown with the key of the menu before its own', () => {
  assert.match(helpLines('list', keymap).map(plain).join('\n'), / y u +copy the URL +:copy-url/)
  assert.match(helpLines('copy', keymap).map(plain).join('\n'), / {2}u y +copy the URL +:copy-url/)
})
