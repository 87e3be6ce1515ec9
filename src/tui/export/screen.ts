import { counted } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { type Line, line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { tabLine, tabsOf, titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import type { State, World } from '../state/state.ts'
import { askFile, exportCommands } from './commands.ts'
import type { ExportScreen, Scope } from './state.ts'

const tabs = tabsOf<Scope, ExportScreen>(
  { flow: 'this flow', marked: 'marked', shown: 'shown', all: 'all' },
  (screen, tab) => ({ ...screen, tab }),
)

/** What leaves, in which format. */
export const exportScreen = {
  name: 'export',
  commands: exportCommands,
  tabs,
  title: (screen, state, world) => [
    titleBar(
      line(
        span(` Export ${aboutOf(screen, state, world)}`, 'bold'),
        span(screen.redacted ? '  without secrets' : '  secrets and all', screen.redacted ? 'good' : 'dim'),
      ),
      world,
    ),
    tabLine(tabs, screen),
  ],
  body: (screen, _state, world) =>
    scrolledBody(screen, formatLines(screen), bodyRows(world), {
      cursor: screen.cursor,
      columns: world.columns,
    }),
  move: (screen, by, _state, world) => moveCursor(screen, by, formatLines(screen), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, formatLines(screen), text, direction, start, bodyRows(world)),
  enter: askFile,
} satisfies Screen<ExportScreen>

const nameColumns = 14

const formatLines = ({ formats }: ExportScreen): readonly Line[] =>
  formats.map(({ key, says }) => line(`   ${printable(key).padEnd(nameColumns)} `, span(printable(says), 'dim')))

/** What leaves, in a few words. */
function aboutOf({ tab, flow }: ExportScreen, { filter }: State, { source }: World): string {
  if (tab === 'flow') return flow === undefined ? 'no flow was selected' : `flow ${flow}`
  if (tab === 'marked') return counted(source.marked().length, 'marked flow')
  if (tab === 'all') return `all ${counted(source.counts().flows, 'flow')}`
  return filter.text === '' ? 'the flows of the list' : `the flows of the list: ${printable(filter.text)}`
}
