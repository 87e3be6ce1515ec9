import { readRuleText } from '../../rules/rule-text.ts'
import { counted } from '../../view/format.ts'
import { errorText } from '../effects.ts'
import { line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import { rulesCommands } from './commands.ts'
import { rulesHead, rulesInfo, rulesLines } from './lines.ts'
import { cursorOf, type RulesScreen, ruleAt, rulesOf } from './state.ts'

/** What is done to traffic: the rules in their order, with how often each matched. */
export const rulesScreen = {
  name: 'the rules',
  commands: rulesCommands,
  title: (screen, _state, world) => {
    const tested = screen.tested === undefined ? '' : `  tested on flow #${screen.tested}`
    const said = `  ${counted(rulesOf(world).length, 'rule')}, the first acts first`
    return [titleBar(line(span(' Rules', 'bold'), said, span(tested, 'accent')), world), rulesHead]
  },
  body: (screen, _state, world) =>
    scrolledBody(screen, rulesLines(screen, world), bodyRows(world), {
      cursor: cursorOf(screen, world),
      columns: world.columns,
    }),
  info: (screen, _state, world) => rulesInfo(screen, world),
  move: (screen, by, _state, world) => moveCursor(screen, by, rulesLines(screen, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, rulesLines(screen, world), text, direction, start, bodyRows(world)),
  judge(screen, command, argument, _state, world) {
    if (command !== 'rule-is' && command !== 'add-rule') return undefined
    try {
      readRuleText(argument, command === 'rule-is' ? ruleAt(screen, world)?.source.folder : undefined)
      return undefined
    } catch (error) {
      return errorText(error)
    }
  },
} satisfies Screen<RulesScreen>
