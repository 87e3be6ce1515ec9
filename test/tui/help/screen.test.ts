import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operators } from '../../../src/filter/operators.ts'
import { keymap } from '../../../src/tui/commands.ts'
import { type HelpScreen, helpLines, helpScreen } from '../../../src/tui/help/screen.ts'
import { showKey } from '../../../src/tui/keys.ts'
import { columnsOf, line, plain } from '../../../src/tui/line.ts'
import { kindOf, screens } from '../../../src/tui/screens.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { sampleWorld } from '../world.ts'

const { contexts } = keymap
const helpFor = (context: string) =>
  helpLines({ context, name: 'it', ...(context in screens && kindOf({ kind: context })), live: true }, keymap)

for (const context of contexts)
  test(`the help for ${context} has every key that holds there`, () => {
    const lines = helpFor(context).map(plain)
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
  const text = helpFor('list').map(plain).join('\n')
  for (const { name } of operators) assert.ok(text.includes(`~${name}`), name)
})

for (const context of contexts)
  test(`no command of the help for ${context} is cut off at 80 columns`, () => {
    const commands = helpFor(context).filter(each => / :[a-z-]+$/.test(plain(each)))
    assert.ok(commands.length > 0 && commands.every(each => columnsOf(each) <= 80))
  })

test('a command of the copy menu is shown with the key of the menu before its own', () => {
  assert.match(helpFor('list').map(plain).join('\n'), / y u +copy the URL +:copy-url/)
  assert.match(helpFor('copy').map(plain).join('\n'), / {2}u y +copy the URL +:copy-url/)
})

const world = await sampleWorld(100, 30)
const screen: HelpScreen = { kind: 'help', lines: [line('a key')], top: 0 }

test('the help says what it is, and shows it', () => {
  assert.match(plain(helpScreen.title(screen, initialState, world)[0]), /^ Help/)
  assert.match(helpScreen.body(screen, initialState, world).map(plain).join('\n'), /a key/)
})

test('the help goes no further than its end, and back to its start', () => {
  const end = helpScreen.move(screen, Number.POSITIVE_INFINITY, initialState, world)
  assert.deepEqual(helpScreen.move(end, 1, initialState, world), end)
  assert.equal(helpScreen.move(end, Number.NEGATIVE_INFINITY, initialState, world).top, 0)
})
