import type { HeldMessageScreen } from '../held/state.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import { initialState } from '../state/state.ts'
import { heldMessageCommands } from './commands.ts'
import { heldMessageLines, heldMessageTitle } from './lines.ts'
import { faultOfTyped, shownOn } from './state.ts'

/** A message that waits: what it would be if it went on now, to be changed a row at a time. */
export const heldMessageScreen = {
  name: 'a held message',
  commands: heldMessageCommands,
  title(screen, state, world) {
    const [bar, facts] = heldMessageTitle(screen, state, world)
    return [titleBar(bar, world), facts]
  },
  body: (screen, state, world) =>
    scrolledBody(screen, heldMessageLines(screen, state, world), bodyRows(world), {
      cursor: screen.cursor,
      columns: world.columns,
    }),
  move: (screen, by, state, world) => moveCursor(screen, by, heldMessageLines(screen, state, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, heldMessageLines(screen, initialState, world), text, direction, start, bodyRows(world)),
  judge(screen, command, argument, state, world) {
    const shown = shownOn(screen, state, world)
    return shown && faultOfTyped(shown, command, argument)
  },
} satisfies Screen<HeldMessageScreen>
