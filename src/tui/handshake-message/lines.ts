import type { FrameEntry } from '../../model/frame-entry.ts'
import type { Direction } from '../../model/party.ts'
import { formatBytes } from '../../view/format.ts'
import type { FieldBlock } from '../../view/frames/field-block.ts'
import { frameDetail, frameRow, frameText } from '../../view/frames/frames.ts'
import { explainLine } from '../../view/handshake/explain-line.ts'
import { type DetailLine, messageDetail } from '../../view/handshake/message-detail.ts'
import { hostOf, serverChain } from '../../view/handshake/server-chain.ts'
import { hexLines } from '../../view/hex-lines.ts'
import { pad } from '../../view/width.ts'
import type { HandshakeMessage } from '../../wire/tls/handshake.ts'
import { messageTitle } from '../../wire/tls/message-title.ts'
import type { ChainReport } from '../../wire/x509/chain.ts'
import { keepLast } from '../kept.ts'
import { blank, fill, type Line, line, over, proseOf, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import type { World } from '../state/state.ts'
import { hexColumns, type MessageScreen, panesOf } from './state.ts'
import { type TreeRow, treeRows } from './tree.ts'

export interface ShownMessage {
  /** Printable. */
  readonly title: string
  readonly direction: Direction
  readonly at: number
  readonly bytes: Uint8Array
  readonly lines: readonly DetailLine[]
}

/** The message or frame that a screen is about, with its tree; undefined where it is not there. */
export function shownMessage(screen: MessageScreen, { source }: World): ShownMessage | undefined {
  const { connection, log, index } = screen
  if (log === 'frames') {
    const frame = source.frames(connection, { from: index, limit: 1 })[0]
    return frame && frameMessage(frame, source.fieldBlock(connection, index))
  }
  const known = source.connection(connection)
  const handshake = known?.handshakes[log]
  const message = handshake?.messages[index]
  return message && handshakeMessage(message, () => serverChain(handshake!, message, hostOf(known!.connection)))
}

/** How many messages or frames there are where this one stands. */
export const messagesIn = ({ connection, log }: MessageScreen, source: FlowSource): number =>
  log === 'frames'
    ? source.frameCount(connection)
    : (source.connection(connection)?.handshakes[log]?.messages.length ?? 0)

function handshakeMessage(message: HandshakeMessage, chain: () => ChainReport | undefined): ShownMessage {
  const { direction, at, bytes, encrypted } = message
  const title = `${messageTitle(message.name)}  ${formatBytes(bytes.length)}${encrypted ? '  decrypted' : ''}`
  const make = (): ShownMessage => ({ title, direction, at, bytes, lines: messageDetail(message, chain()) })
  return keepLast(message, 'fields of a message', () => true, make)
}

/** `block` is of this frame alone, as the source has it. */
function frameMessage(frame: FrameEntry, block: FieldBlock | undefined): ShownMessage {
  const make = (): ShownMessage => {
    const { direction, at, payload = new Uint8Array(0) } = frame
    const title = frameText(frameRow(frame)).slice(2)
    return { title, direction, at, bytes: payload, lines: frameDetail(frame, block) }
  }
  return block ? keepLast(block, 'fields of a frame', () => true, make) : make()
}

/** The field tree and the message's bytes, those of the selected field lit up. */
export function messageBody(screen: MessageScreen, world: World): readonly Line[] {
  const shown = shownMessage(screen, world)
  if (!shown) return [blank, line('  This message is not in the capture.')]
  const panes = panesOf(screen, world)
  const rows = treeRows(shown.lines, screen.toggled).slice(screen.top, screen.top + panes.treeRows)
  const tree = rows.map(row => treeLine(row, row.index === screen.cursor, panes.treeColumns))
  const bytes = hexPane(shown.bytes, shown.lines[screen.cursor]?.range, panes.hexRows)
  if (!panes.beside) {
    const padded = Array.from({ length: panes.treeRows }, (_, i) => tree[i] ?? blank)
    return [...padded, line(span('─'.repeat(world.columns), 'dim')), ...bytes]
  }
  return Array.from({ length: Math.max(panes.treeRows, bytes.length) }, (_, i) => [
    ...fill(tree[i] ?? blank, panes.treeColumns),
    span(' │ ', 'dim'),
    ...fill(bytes[i] ?? blank, hexColumns),
  ])
}

const folds = { open: '▾ ', folded: '▸ ', leaf: '  ' } as const

function treeLine({ line: { indent, name, shown }, folding }: TreeRow, selected: boolean, columns: number): Line {
  const tone = name.startsWith('✗') ? 'bad' : name.startsWith('✓') ? 'good' : undefined
  const drawn = line(
    span(` ${'  '.repeat(indent)}`),
    span(folds[folding], 'dim'),
    span(name, tone ?? 'accent'),
    span(shown === '' ? '' : '  '),
    span(shown, tone),
  )
  return selected ? over(fill(drawn, columns), 'selected') : drawn
}

/** As many lines of the dump as fit, around the first lit byte. */
function hexPane(bytes: Uint8Array, range: DetailLine['range'], rows: number): readonly Line[] {
  const all = Math.ceil(bytes.length / 16)
  const wanted = range ? Math.floor(range.start / 16) - Math.floor(rows / 4) : 0
  const first = Math.max(0, Math.min(wanted, all - rows)) * 16
  const shown = bytes.subarray(first, first + rows * 16)
  const lit = range && { start: range.start - first, end: range.end - first }
  return hexLines(shown, lit).map(({ offset, text, lit: places }) =>
    litLine((first + offset).toString(16).padStart(8, '0') + text.slice(8), places),
  )
}

function litLine(text: string, places: readonly (readonly [number, number])[]): Line {
  const spans = [span(text.slice(0, 8), 'dim')]
  let at = 8
  for (const [start, end] of places) {
    spans.push(span(text.slice(at, start)), span(text.slice(start, end), undefined, 'lit'))
    at = end
  }
  return [...spans, span(text.slice(at))]
}

/** Which bytes the selected field takes, and what it is for. */
export function messageInfo(screen: MessageScreen, world: World, rows: number): readonly Line[] {
  const field = shownMessage(screen, world)?.lines[screen.cursor]
  if (!field) return []
  const { range, key, name, shown } = field
  const where = range
    ? `${range.end - range.start} ${range.end - range.start === 1 ? 'byte' : 'bytes'} at ${range.start}`
    : 'not sent as bytes of its own'
  const told = explainLine(key)
  const head = line(
    span(` ${pad(name, Math.min(40, name.length))}`, 'accent'),
    span(`  ${where}`, 'dim'),
    span(told ? `  ${told.source}` : '', 'dim'),
  )
  const whole = screen.explained && shown.length > 40 ? proseOf(shown, world.columns - 2, 2) : []
  const words = proseOf(told?.text ?? '', world.columns - 2, rows - 1 - whole.length)
  return [head, ...words.map(text => line(` ${text}`)), ...whole.map(text => line(span(` ${text}`, 'dim')))]
}
