import { line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import { findLine, scrollBy, scrolledBody } from '../state/scrolled.ts'
import type { DiffScreen } from '../state/state.ts'
import { diffLinesOf, diffTitle } from './lines.ts'

/** Two flows, or two connections, beside each other. */
export const diffScreen: Screen<DiffScreen> = {
  title: (screen, _state, world) => [
    titleBar(line(span(` ${diffTitle(screen, world)}`, 'bold')), world),
    line(span(' what differs', 'dim')),
  ],
  body: (screen, _state, world) => scrolledBody(screen, diffLinesOf(screen, world), world),
  move: (screen, by, _state, world) => scrollBy(screen, by, diffLinesOf(screen, world), world),
  find: (screen, text, direction, start, world) =>
    findLine(screen, diffLinesOf(screen, world), text, direction, start, world),
}
