import { printable } from '../../view/printable.ts'
import type { Actions } from '../actions.ts'
import type { Effect, Outcome, OwnCommands } from '../command.ts'
import { errorText } from '../effects.ts'
import { blank, type Line, line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody, type WithCursor } from '../state/scrolled.ts'
import { isLive, push, type Step, say, screenOf, type World } from '../state/state.ts'

/** The hosts whose connections are not opened up. */
export interface PassedScreen extends WithCursor {
  readonly kind: 'passed'
}

export const enterPassed: Step = (state, world) =>
  isLive(world) ? push<PassedScreen>(state, { kind: 'passed', cursor: 0, top: 0 }) : say(state, nothingRuns, 'bad')

const patternsOf = ({ status }: World): readonly string[] => [...(status.passedThrough ?? [])]

const remove: Effect = (state, world, { actions }) => {
  const pattern = patternsOf(world)[cursorOf(screenOf(state) as PassedScreen, world)]
  return pattern === undefined ? undefined : turnPassThrough(pattern, world, actions)
}

export const keepPassThrough: Effect = (_state, _world, { actions }) =>
  told(() => actions.keepPassThrough?.() ?? nothingRuns)

const nothingRuns = 'Nothing is being proxied: this is a capture.'

/** A pattern that is there goes, one that is not comes. */
export function turnPassThrough(pattern: string, { status }: World, actions: Actions): Outcome {
  const turn = status.passedThrough?.has(pattern) ? actions.observe : actions.passThrough
  return turn ? told(() => turn(pattern)) : { text: nothingRuns, tone: 'bad' }
}

function told(act: () => string): Outcome {
  try {
    const text = act()
    return { text, tone: text === nothingRuns ? 'bad' : 'good' }
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}

export const passedScreen = {
  name: 'the hosts that are passed through',
  commands: {
    'observe-again': {
      says: 'open its connections again from now on',
      keys: 'd x delete',
      hint: [1, 'remove'],
      effect: remove,
    },
  } satisfies OwnCommands,
  title: (_screen, _state, world) => [
    titleBar(line(span(' Passed through unread', 'bold')), world),
    line(span('   host, *.domain, address or range, with :port or without', 'dim')),
  ],
  body: (screen, _state, world) =>
    scrolledBody(screen, passedLines(world), bodyRows(world), {
      cursor: cursorOf(screen, world),
      columns: world.columns,
    }),
  move: (screen, by, _state, world) => moveCursor(screen, by, passedLines(world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, passedLines(world), text, direction, start, bodyRows(world)),
} satisfies Screen<PassedScreen>

/** What was removed below it may have left the cursor beyond the end. */
const cursorOf = ({ cursor }: PassedScreen, world: World): number =>
  Math.max(0, Math.min(cursor, patternsOf(world).length - 1))

function passedLines(world: World): readonly Line[] {
  const patterns = patternsOf(world)
  if (patterns.length > 0) return patterns.map(pattern => line(`   ${printable(pattern)}`))
  return [
    blank,
    line(
      span('  Every connection is opened. :pass-through HOST, *.DOMAIN, ADDRESS or ADDRESS/BITS lets one pass.', 'dim'),
    ),
  ]
}
