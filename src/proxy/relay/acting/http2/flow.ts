import type { Header } from '../../../../model/exchange.ts'
import { blockFrames, dataFrame, put32 } from '../../../../wire/http2/frame-writer.ts'
import { frameType } from '../../../../wire/http2/names.ts'
import { breakOff, halfDone } from './ending.ts'
import { type DataItem, type FieldsItem, type Half, type HeadShape, idAtReceiver } from './stream.ts'
import { giveBack, type Path, type Talk } from './talk.ts'

/** ms */
export const now = (): number => performance.now()

/** Writes a header block of Parley's; the direction has forked. */
export function writeFields(
  talk: Talk,
  half: Half,
  { priority, padding }: HeadShape,
  fields: readonly Header[],
  ways: Uint8Array,
  endStream: boolean,
): void {
  const path = talk.paths[half.direction]
  const block = path.fields.encode(fields, ways)
  const shape = { type: frameType.headers, stream: idAtReceiver(half), endStream, before: priority, padding }
  path.outlet.write(blockFrames(shape, block, path.maxFrame))
}

/** Lets a half go on with what waits in it. */
export function goOn(talk: Talk, half: Half): void {
  const path = talk.paths[half.direction]
  if (half.items.length > 0) path.waiting.add(half)
  else idle(talk, half)
  pump(talk, path)
}

/** Writes what may go on in this direction, a frame of each stream in turn, as far as windows, paces and the receiver let it. */
export function pump(talk: Talk, path: Path): void {
  for (let moved = true; moved; ) {
    moved = false
    for (const half of path.waiting) {
      if (path.outlet.blocked) return
      if (half.mode === 'queue' && step(talk, path, half)) moved = true
    }
  }
}

/** Writes one frame; false where it has to wait, or there is none. */
function step(talk: Talk, path: Path, half: Half): boolean {
  const item = half.items[0]
  if (half.cut?.left === 0) return cutOff(talk, half)
  if (item === undefined) {
    path.waiting.delete(half)
    idle(talk, half)
    return false
  }
  if (item.type === 'data') return stepData(talk, path, half, item)
  half.items.shift()
  writeItem(talk, half, item)
  return true
}

function writeItem(talk: Talk, half: Half, { block, shape, ends }: FieldsItem): void {
  writeFields(talk, half, shape, block.fields, block.ways, ends)
  if (ends) ended(talk, half, block.fields)
}

function stepData(talk: Talk, path: Path, half: Half, item: DataItem): boolean {
  const paced = half.pacer ? dueBytes(talk, path, half, item) : Infinity
  if (paced === 0 && item.gone < item.content.length) return false
  const most = Math.min(half.cut?.left ?? Infinity, paced)
  const room = Math.min(half.window.room, path.window.room)
  const left = item.content.length - item.gone
  const flow = item.frame ? item.frame.length - 9 : 0
  if (item.frame && item.gone === 0 && flow <= room && left <= most && flow <= path.maxFrame) {
    writeWhole(talk, path, half, item, item.frame)
  } else {
    const bytes = Math.min(left, most, room, path.maxFrame)
    if (bytes <= 0 && left > 0) return false
    writePart(talk, path, half, item, Math.max(0, bytes))
  }
  if (item.gone === item.content.length) half.items.shift()
  if (half.ended && half.items.length === 0) ended(talk, half)
  giveBack(talk, half)
  half.wake?.()
  return true
}

/** Bytes that the pacer lets go on now; 0 where it is not time yet. */
function dueBytes(talk: Talk, path: Path, half: Half, item: DataItem): number {
  const left = item.content.length - item.gone
  if (left === 0) return 0
  half.due ??= { ...half.pacer!.next(left, item.at, now()) }
  const { bytes, at } = half.due
  const wait = at - now()
  if (wait <= 0) return bytes
  half.timer ??= setTimeout(() => {
    half.timer = undefined
    talk.turn(() => pump(talk, path))
  }, Math.ceil(wait))
  return 0
}

/** The frame as it came, with its padding. */
function writeWhole(talk: Talk, path: Path, half: Half, item: DataItem, frame: Uint8Array): void {
  put32(frame, 5, idAtReceiver(half))
  path.outlet.write(frame)
  release(path, half, item, Infinity)
  went(talk, path, half, item, item.content, frame.length - 9)
}

function writePart(talk: Talk, path: Path, half: Half, item: DataItem, bytes: number): void {
  const part = item.content.subarray(item.gone, item.gone + bytes)
  const whole = item.gone + bytes === item.content.length
  const last = half.ended && half.items.length === 1 && whole
  if (bytes > 0 || last) path.outlet.write(dataFrame(idAtReceiver(half), part, last))
  release(path, half, item, whole ? Infinity : bytes)
  went(talk, path, half, item, part, bytes)
}

/** Bytes that were kept of the sender's windows are so no more. */
function release(path: Path, half: Half, item: DataItem, bytes: number): void {
  const ofStream = Math.min(item.kept, bytes)
  const ofConnection = Math.min(item.keptOfConnection, bytes)
  item.kept -= ofStream
  item.keptOfConnection -= ofConnection
  half.window.free(ofStream)
  path.window.free(ofConnection)
}

function went(talk: Talk, path: Path, half: Half, item: DataItem, part: Uint8Array, flow: number): void {
  half.window.write(flow)
  path.window.write(flow)
  item.gone += part.length
  if (half.due) half.due.bytes -= part.length
  if (half.due && half.due.bytes <= 0) half.due = undefined
  if (half.cut) half.cut.left -= part.length
  if (half.tells === 'written' && part.length > 0) talk.ports.serverContent(half.stream.id, half.direction, part)
}

function ended(talk: Talk, half: Half, trailers?: readonly Header[]): void {
  if (half.tells === 'written')
    talk.ports.acted(half.stream.id, { type: 'server-ended', side: 'request', ...(trailers && { trailers }) })
  halfDone(talk, half)
}

/** The body breaks off here. */
function cutOff(talk: Talk, half: Half): true {
  breakOff(talk, half.stream, half.cut!.how)
  return true
}

/** Nothing waits: what comes next may pass as it comes. */
function idle(talk: Talk, half: Half): void {
  if (half.through) {
    if (half.through.held()) return
    half.window.free(half.throughKept)
    half.throughKept = 0
    giveBack(talk, half)
    return
  }
  if (half.mode === 'queue' && !half.pacer && !half.cut && !half.tells && !half.replaced && !half.stop)
    half.mode = 'pass'
}
