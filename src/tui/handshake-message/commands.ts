import { type AnyScreen, type MessageScreen, type Step, screenOf, type World, withScreen } from '../state/state.ts'
import { moveTree } from './cursor.ts'
import { messagesIn } from './lines.ts'

const onMessage =
  (change: (screen: MessageScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'message' ? withScreen(state, change(screen, world)) : state
  }

/** The next message of the leg, or frame of the log. */
export const turnMessage = (by: number): Step =>
  onMessage((screen, { source }) => {
    const count = messagesIn(screen, source)
    const index = Math.max(0, Math.min(count - 1, screen.index + by))
    return index === screen.index ? screen : { ...screen, index, cursor: 0, toggled: new Set<number>(), top: 0 }
  })

export const turnExplanation: Step = onMessage((screen, world) =>
  moveTree({ ...screen, explained: !screen.explained }, 0, world),
)
