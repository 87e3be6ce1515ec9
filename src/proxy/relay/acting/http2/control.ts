import type { Direction } from '../../../../model/party.ts'
import { copyOf, u16, u31, u32 } from '../../../../wire/bytes.ts'
import { frameHeader, put32, rstStream, windowUpdate } from '../../../../wire/http2/frame-writer.ts'
import { flag, setting } from '../../../../wire/http2/names.ts'
import { drop, forget } from './ending.ts'
import { pump } from './flow.ts'
import { halfOf, type Stream } from './stream.ts'
import { errors, opposite, type Path, resetAt, type Talk } from './talk.ts'

/** A whole frame where it stands, from its header on. */
export interface FrameAt {
  readonly bytes: Uint8Array
  readonly from: number
  readonly to: number
}

/** The client's id of what a sender calls a stream; undefined where the client knows of none. */
export const clientId = ({ ids }: Talk, direction: Direction, id: number): number | undefined =>
  direction === 'to-server' ? id : ids.ofClient(id)

/** The receiver's id of a stream; undefined where it has none. */
export function targetId({ ids }: Talk, direction: Direction, client: number, stream?: Stream): number | undefined {
  if (direction === 'to-client') return client
  return stream ? stream.server || undefined : ids.ofServer(client)
}

/** Sends a frame of a stream on as it is, but for the id. */
export function passAs({ outlet }: Path, { bytes, from, to }: FrameAt, id: number, target: number | undefined): void {
  if (target === undefined) return
  if (target === id) outlet.raw(bytes, from, to)
  else {
    const copy = copyOf(bytes, from, to)
    put32(copy, 5, target)
    outlet.write(copy)
  }
}

/** RST_STREAM: what waits is dropped, unless it is a whole response that the server sent before it (RFC 9113 8.1). */
export function resets(talk: Talk, path: Path, id: number, frame: FrameAt): void {
  const client = clientId(talk, path.direction, id)
  if (client === undefined || talk.forgotten.has(client)) return
  const stream = talk.streams.get(client)
  const target = targetId(talk, path.direction, client, stream)
  const { toClient } = stream ?? {}
  if (stream && toClient && path.direction === 'to-client' && toClient.ended && !toClient.done) {
    stream.resetAfter = u32(frame.bytes, frame.from + frameHeader)
    drop(talk, stream.toServer)
    return
  }
  if (path.direction === 'to-server' || toClient?.mode !== 'swallow') passAs(path, frame, id, target)
  if (stream) forget(talk, stream, stream.server === 0)
}

/** WINDOW_UPDATE: what pays for Parley's own bytes is withheld from the sender, and what waits goes on. */
export function grants(talk: Talk, path: Path, id: number, frame: FrameAt): void {
  const { bytes, from, to } = frame
  const increment = to - from === frameHeader + 4 ? u31(bytes, from + frameHeader) : 0
  const flow = talk.paths[opposite(path.direction)]
  if (id === 0) {
    const forward = flow.window.grant(increment)
    if (forward === increment) path.outlet.raw(bytes, from, to)
    else if (forward > 0) path.outlet.write(windowUpdate(0, forward))
    pump(talk, flow)
    return
  }
  const client = clientId(talk, path.direction, id)
  if (client === undefined || talk.forgotten.has(client)) return
  const stream = talk.streams.get(client)
  const target = targetId(talk, path.direction, client, stream)
  const forward = stream ? halfOf(stream, flow.direction).window.grant(increment) : increment
  if (forward === increment) passAs(path, frame, id, target)
  else if (forward > 0 && target !== undefined) path.outlet.write(windowUpdate(target, forward))
  if (stream) pump(talk, flow)
}

/** SETTINGS pass; what they ask of the other direction holds for what Parley writes there. */
export function settings(talk: Talk, path: Path, flags: number, { bytes, from, to }: FrameAt): void {
  path.outlet.raw(bytes, from, to)
  if (flags & flag.ack) return
  const flow = talk.paths[opposite(path.direction)]
  for (let at = from + frameHeader; at + 6 <= to; at += 6) {
    const value = u32(bytes, at + 2)
    const id = u16(bytes, at)
    if (id === setting.headerTableSize) flow.fields.allow(value)
    else if (id === setting.maxFrameSize) flow.maxFrame = Math.min(Math.max(value, 16_384), 2 ** 24 - 1)
    else if (id === setting.initialWindowSize) resizeWindows(talk, flow, value)
  }
  pump(talk, flow)
}

function resizeWindows({ streams }: Talk, flow: Path, value: number): void {
  if (value >= 2 ** 31) return // its receiver ends the connection
  for (const stream of streams.values()) halfOf(stream, flow.direction).window.resize(value - flow.initialWindow)
  flow.initialWindow = value
}

/** GOAWAY: with the last stream as the client counts it. Those that the server has refused with it are told so one by one. */
export function goesAway(talk: Talk, path: Path, frame: FrameAt): void {
  const { bytes, from, to } = frame
  if (path.direction === 'to-server' || to - from < frameHeader + 8) {
    path.outlet.raw(bytes, from, to)
    return
  }
  const last = u31(bytes, from + frameHeader)
  talk.lastTaken = Math.min(talk.lastTaken, last)
  const clients = talk.streams.values().filter(({ id }) => id & 1)
  const own = clients.some(({ id, server }) => server === 0 && id > last)
  if (last >= 2 ** 31 - 1 || (!own && !talk.ids.shifted)) {
    path.outlet.raw(bytes, from, to)
    return
  }
  const taken = clients.filter(({ server }) => server <= last).map(({ id }) => id)
  const told = Math.max(0, ...taken, taken.length > 0 ? 0 : (talk.ids.ofClient(last) ?? last))
  const copy = copyOf(bytes, from, to)
  put32(copy, frameHeader, told)
  path.outlet.write(copy)
  for (const stream of clients)
    if (stream.server > last && stream.id <= told) {
      resetAt(talk, stream, 'to-client', errors.refusedStream)
      forget(talk, stream, false)
    }
}

/** PRIORITY and PRIORITY_UPDATE: they may name streams that are not open, and are advice (RFC 9113 5.3, RFC 9218 7.1). */
export function prioritizes(talk: Talk, path: Path, id: number, frame: FrameAt): void {
  const { bytes, from, to } = frame
  if (!talk.ids.shifted || path.direction === 'to-client' || to - from < frameHeader + 4) {
    path.outlet.raw(bytes, from, to)
    return
  }
  const named = u32(bytes, from + frameHeader)
  const stream = id === 0 ? 0 : talk.ids.ofServer(id)
  const other = talk.ids.ofServer(named % 2 ** 31)
  if (stream === undefined || other === undefined) return
  const copy = copyOf(bytes, from, to)
  put32(copy, 5, stream)
  put32(copy, frameHeader, (named >= 2 ** 31 ? 2 ** 31 : 0) + other)
  path.outlet.write(copy)
}

/** A RST_STREAM of Parley's to the client. */
export const refuse = ({ paths }: Talk, client: number): void =>
  paths['to-client'].outlet.write(rstStream(client, errors.refusedStream))
