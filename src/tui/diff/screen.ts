import { line, span } from '../line.ts'
import { titleBar } from '../shell/title.ts'
import { textScreen } from '../state/scrolled.ts'
import { type DiffScreen, diffLinesOf, diffTitle } from './lines.ts'

/** Two flows, or two connections, beside each other. */
export const diffScreen = textScreen<DiffScreen>(
  'two beside each other',
  (screen, world) => [
    titleBar(line(span(` ${diffTitle(screen, world)}`, 'bold')), world),
    line(span(' what differs', 'dim')),
  ],
  diffLinesOf,
)
