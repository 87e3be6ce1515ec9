import { line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import { findLine, scrollBy, scrolledBody } from '../state/scrolled.ts'
import type { HelpScreen } from '../state/state.ts'

/** The keys of the screen below. */
export const helpScreen: Screen<HelpScreen> = {
  title: (_screen, _state, world) => [titleBar(line(span(' Help', 'bold')), world), []],
  body: (screen, _state, world) => scrolledBody(screen, screen.lines, world),
  move: (screen, by, _state, world) => scrollBy(screen, by, screen.lines, world),
  find: (screen, text, direction, start, world) => findLine(screen, screen.lines, text, direction, start, world),
}
