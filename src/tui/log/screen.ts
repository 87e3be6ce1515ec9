import { line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import { findLine, scrollBy, scrolledBody } from '../state/scrolled.ts'
import type { LogScreen } from '../state/state.ts'
import { logLines } from './lines.ts'

/** What the proxy had to say. */
export const logScreen: Screen<LogScreen> = {
  title: (_screen, _state, world) => [titleBar(line(span(' Event log', 'bold')), world), []],
  body: (screen, _state, world) => scrolledBody(screen, logLines(world.source.events(), world.columns), world),
  move: (screen, by, _state, world) => scrollBy(screen, by, logLines(world.source.events(), world.columns), world),
  find: (screen, text, direction, start, world) =>
    findLine(screen, logLines(world.source.events(), world.columns), text, direction, start, world),
}
