import { latin1 } from '../latin1.ts'
import { ByteReader, type Field, MalformedError } from '../reader.ts'
import type { FrameHeader } from './frame-reader.ts'
import { errorName, flag, frameType, settingName } from './names.ts'

export interface FrameFields {
  readonly fields: readonly Field[]
  /** What stopped the reading; the fields before it are kept. */
  readonly malformed?: MalformedError
}

const text = (bytes: Uint8Array): string => latin1(bytes)

/** Decodes a frame's payload for the eye (RFC 9113 section 6). Offsets count from the payload's start. */
export function readFrameFields(header: FrameHeader, payload: Uint8Array): FrameFields {
  const reader = new ByteReader(payload, 'payload')
  try {
    const read = payloads[header.type]
    if (read) read(reader, header)
    else reader.rest('Payload')
    reader.end()
    return { fields: reader.fields }
  } catch (error) {
    if (error instanceof MalformedError) return { fields: reader.fields, malformed: error }
    throw error
  }
}

type ReadPayload = (r: ByteReader, header: FrameHeader) => void

/** By frame type; what is not here is a payload without fields. */
const payloads: Readonly<Record<number, ReadPayload>> = {
  [frameType.data]: (r, header) => padded(header, r, inner => inner.rest('Data')),
  [frameType.headers]: (r, header) =>
    padded(header, r, inner => {
      if (header.flags & flag.priority) priority(inner)
      inner.rest('Field Block Fragment')
    }),
  [frameType.priority]: priority,
  [frameType.rstStream]: r => r.u32('Error Code', errorName),
  [frameType.settings]: r =>
    r.list(list => list.group('Setting', readSetting, ([id, value]) => `${settingName(id)} = ${value}`)),
  [frameType.pushPromise]: (r, header) =>
    padded(header, r, inner => {
      inner.u32('Promised Stream ID', streamId)
      inner.rest('Field Block Fragment')
    }),
  [frameType.ping]: r => r.bytes(8, 'Opaque Data'),
  [frameType.goaway]: r => {
    r.u32('Last-Stream-ID', streamId)
    r.u32('Error Code', errorName)
    r.rest('Additional Debug Data', text)
  },
  [frameType.windowUpdate]: r => r.u32('Window Size Increment', streamId),
  [frameType.continuation]: r => r.rest('Field Block Fragment'),
  [frameType.altsvc]: r => {
    r.bytes(r.u16('Origin-Len'), 'Origin', text)
    r.rest('Alt-Svc-Field-Value', text)
  },
  [frameType.origin]: r =>
    r.list(list =>
      list.group('Origin-Entry', entry => entry.bytes(entry.u16('Origin-Len'), 'ASCII-Origin', text), text),
    ),
  [frameType.priorityUpdate]: r => {
    r.u32('Prioritized Stream ID', streamId)
    r.rest('Priority Field Value', text)
  },
}

/** 31 bits below a reserved one. */
const streamId = (value: number): string => String(value % 2 ** 31)

function readSetting(r: ByteReader): readonly [id: number, value: number] {
  return [r.u16('Identifier', settingName), r.u32('Value')]
}

function priority(r: ByteReader): void {
  r.u32('Stream Dependency', value => (value >= 2 ** 31 ? `${streamId(value)}, exclusive` : String(value)))
  r.u8('Weight', value => String(value + 1))
}

/** RFC 9113 6.1: a length before the content, the padding behind it. */
function padded(header: FrameHeader, r: ByteReader, read: (inner: ByteReader) => void): void {
  if ((header.flags & flag.padded) === 0) {
    read(r)
    return
  }
  const padding = r.u8('Pad Length')
  if (padding > r.remaining) throw new MalformedError(r.offset, `padding of ${padding} bytes, ${r.remaining} are left`)
  const inner = r.block(r.remaining - padding, 'Content')
  read(inner)
  inner.end()
  r.bytes(padding, 'Padding')
}
