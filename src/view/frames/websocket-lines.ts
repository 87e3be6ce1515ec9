import type { ActedOnMessage } from '../../model/stream-message.ts'
import { u16 } from '../../wire/bytes.ts'
import { closeCodeName, opcode, opcodeName } from '../../wire/websocket/names.ts'
import { type BodyLine, Outline } from '../body/outline.ts'
import { formatBytes, formatOffset } from '../format.ts'
import { hexLines } from '../hex-lines.ts'
import { printable, printableLines } from '../printable.ts'
import type { InflatedMessage } from './websocket-inflate.ts'

/** What a message says in one line, without its direction: `text 12 B`, `close 1000 normal closure: bye`. Printable. */
export function messageTitle({ message, bytes, problem }: InflatedMessage): string {
  const { opcode: code, length, frames, compressed, complete } = message
  const notes = [
    compressed && problem === undefined && `inflated to ${formatBytes(bytes.length)}`,
    problem,
    frames > 1 && `${frames} frames`,
    !complete && 'its last frame never arrived',
    message.acted && actedText(message.acted),
    message.bytes.length < length && `${formatBytes(message.bytes.length)} kept`,
  ].filter(Boolean)
  const said = code === opcode.close ? closeText(bytes) : formatBytes(length)
  return printable([[opcodeName(code), said].filter(Boolean).join(' '), ...notes].join(', '))
}

/** `changed by breakpoint` */
const actedText = ({ how, acts }: ActedOnMessage): string =>
  [how, acts.length > 0 && `by ${[...new Set(acts.map(({ by }) => by))].join(', ')}`].filter(Boolean).join(' ')

/** `1000 normal closure: bye` (RFC 6455 7.1.5 and 7.1.6) */
export function closeText(payload: Uint8Array): string {
  if (payload.length < 2) return payload.length === 0 ? 'without a code' : 'with half a code'
  const code = u16(payload, 0)
  const reason = new TextDecoder().decode(payload.subarray(2))
  return `${code} ${closeCodeName(code)}${reason && `: ${reason}`}`
}

export interface WebSocketLinesOptions {
  /** Times count from here; ms since the epoch. */
  readonly since: number
  readonly maxLines: number
  /** Lines of one message. */
  readonly maxLinesEach?: number
}

/** Messages as foldable lines: `→ 0.42  text 12 B`, below it what it says; binary ones in hex. */
export function webSocketLines(
  messages: readonly InflatedMessage[],
  options: WebSocketLinesOptions,
): readonly BodyLine[] {
  const { since, maxLines, maxLinesEach = 100 } = options
  const outline = new Outline(maxLines)
  for (const shown of messages) {
    const { message } = shown
    const arrow = message.direction === 'to-server' ? '→' : '←'
    outline.open([
      { text: `${arrow} ${formatOffset(message.at - since)}  `, tone: 'dim' },
      { text: messageTitle(shown), tone: shown.problem ? 'bad' : message.opcode >= 8 ? 'dim' : 'bold' },
    ])
    if (!outline.full && message.opcode !== opcode.close)
      for (const line of contentLines(shown, maxLinesEach)) outline.line(line)
    if (!outline.full && message.acted?.server) serverLines(outline, shown, message.acted.server, maxLinesEach)
    outline.close()
  }
  return outline.finish()
}

/** What the server sent or got in the place of a message. */
function serverLines(
  outline: Outline,
  { message }: InflatedMessage,
  { bytes, length }: NonNullable<ActedOnMessage['server']>,
  most: number,
): void {
  const verb = message.direction === 'to-server' ? 'got' : 'sent'
  const part = bytes.length < length ? `, ${formatBytes(bytes.length)} kept` : ''
  outline.line([{ text: `the server ${verb} ${formatBytes(length)}${part}`, tone: 'dim' }])
  for (const text of contentLines({ message, bytes }, most)) outline.line([{ text, tone: 'word' }])
}

function contentLines({ message, bytes, problem }: InflatedMessage, most: number): readonly string[] {
  const readable = message.opcode === opcode.text && problem === undefined
  const all = readable ? textLines(bytes) : hexLines(bytes.subarray(0, (most + 1) * 16)).map(({ text }) => text)
  return all.length <= most ? all : [...all.slice(0, most - 1), '…']
}

const mostText = 256 * 1024

const textLines = (bytes: Uint8Array): string[] =>
  bytes.length === 0 ? [] : printableLines(new TextDecoder().decode(bytes.subarray(0, mostText)))
