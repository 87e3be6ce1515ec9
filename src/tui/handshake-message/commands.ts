import { byteFormats } from '../../view/copy/bytes.ts'
import { certificatesPem } from '../../view/copy/certificates.ts'
import type { OwnCommands } from '../command.ts'
import { copying } from '../effects.ts'
import { type State, type Step, screenOf, stepsOn, type World } from '../state/state.ts'
import { moveTree } from './cursor.ts'
import { messagesIn, shownMessage } from './lines.ts'
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

/** The bytes of the field at the cursor; of the whole message where it has none of its own. */
const copyingBytes = (format: keyof typeof byteFormats) =>
  copying('bytes', (state, world) => {
    const screen = screenOf(state) as MessageScreen
    const shown = shownMessage(screen, world)
    const { start, end } = shown?.lines[screen.cursor]?.range ?? { start: 0, end: undefined }
    return shown && byteFormats[format](shown.bytes.subarray(start, end))
  })

export const messageCommands = {
  'next-message': { says: 'next message or frame', keys: 'J tab ]', hint: [2, 'next'], reduce: turnMessage(1) },
  'previous-message': { says: 'previous message or frame', keys: 'K shift-tab [', reduce: turnMessage(-1) },
  'copy-pem': { says: 'copy the certificates as PEM', keys: 'y', effect: copying('certificate chain', pemOf) },
  'copy-field-hex': {
    says: 'copy the bytes of the field as hex',
    keys: 'x',
    hint: [4, 'copy hex'],
    effect: copyingBytes('hex'),
  },
  'copy-field-base64': { says: 'copy the bytes of the field as base64', keys: 'b', effect: copyingBytes('base64') },
  'copy-field-c': { says: 'copy the bytes of the field as C', keys: 'c', effect: copyingBytes('c') },
  explain: { says: 'more or less explanation', keys: 'e', hint: [3, 'explain'], reduce: turnExplanation },
} as const satisfies OwnCommands
