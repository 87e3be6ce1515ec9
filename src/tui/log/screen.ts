import { formatClock } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { pad } from '../../view/width.ts'
import { type Line, line, prose, span } from '../line.ts'
import type { LoggedEvent } from '../ports.ts'
import { titleBar } from '../shell/title.ts'
import { type Scrolled, textScreen } from '../state/scrolled.ts'
import { push, type Step } from '../state/state.ts'

export interface LogScreen extends Scrolled {
  readonly kind: 'log'
}

/** What the proxy had to say. */
export const logScreen = textScreen<LogScreen>(
  'the event log',
  (_screen, world) => [titleBar(line(span(' Event log', 'bold')), world), []],
  (_screen, { source, columns }) => logLines(source.events(), columns),
)

/** The log from its end. */
export const enterLog: Step = (state, world) =>
  push(state, logScreen.move({ kind: 'log', top: 0 }, Number.POSITIVE_INFINITY, state, world))

const tones = { debug: 'dim', info: undefined, warning: 'warn', error: 'bad' } as const

export const logLines = (events: readonly LoggedEvent[], columns: number): readonly Line[] =>
  events.length === 0
    ? [line(span('  Nothing was logged.', 'dim'))]
    : events.flatMap(({ at, level, text }) => {
        const [first = '', ...rest] = prose(printable(text), Math.max(20, columns - 20))
        const head = line(span(` ${formatClock(at)}  `, 'dim'), span(pad(level, 8), tones[level]), first)
        return [head, ...rest.map(each => line(' '.repeat(19), each))]
      })
