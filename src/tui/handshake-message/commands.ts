import { certificatesPem } from '../../view/copy/certificates.ts'
import type { OwnCommands } from '../command.ts'
import { copying } from '../effects.ts'
import { type State, type Step, screenOf, stepsOn, type World } from '../state/state.ts'
import { moveTree } from './cursor.ts'
import { messagesIn } from './lines.ts'
import type { MessageScreen } from './state.ts'

const onMessage = stepsOn<MessageScreen>('message')

/** The next message of the leg, or frame of the log. */
const turnMessage = (by: number): Step =>
  onMessage((screen, { source }) => {
    const count = messagesIn(screen, source)
    const index = Math.max(0, Math.min(count - 1, screen.index + by))
    return index === screen.index ? screen : { ...screen, index, cursor: 0, toggled: new Set<number>(), top: 0 }
  })

const turnExplanation = onMessage((screen, world) => moveTree({ ...screen, explained: !screen.explained }, 0, world))

function pemOf(state: State, { source }: World): string | undefined {
  const { connection, log, index } = screenOf(state) as MessageScreen
  const message = log === 'frames' ? undefined : source.connection(connection)?.handshakes[log]?.messages[index]
  return message && certificatesPem(message)
}

export const messageCommands = {
  'next-message': { says: 'next message or frame', keys: 'J tab ]', hint: [2, 'next'], reduce: turnMessage(1) },
  'previous-message': { says: 'previous message or frame', keys: 'K shift-tab [', reduce: turnMessage(-1) },
  'copy-pem': { says: 'copy the certificates as PEM', keys: 'y', effect: copying('certificate chain', pemOf) },
  explain: { says: 'more or less explanation', keys: 'e', hint: [3, 'explain'], reduce: turnExplanation },
} as const satisfies OwnCommands
