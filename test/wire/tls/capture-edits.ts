/** What can happen to a capture between the wire and the dissector. */
import type { LegCapture, RecordHeader, WireChunk } from '../../../src/wire/tls/capture.ts'
import { readRecords } from '../../../src/wire/tls/record-reader.ts'

type Direction = keyof LegCapture['chunks']

export const directions = ['to-server', 'to-client'] as const

export function withChunks(capture: LegCapture, direction: Direction, chunks: readonly WireChunk[]): LegCapture {
  return { ...capture, chunks: { ...capture.chunks, [direction]: chunks } }
}

export const bytesOf = (capture: LegCapture, direction: Direction): Buffer =>
  Buffer.concat(capture.chunks[direction].map(chunk => chunk.bytes))

/** The same bytes in one piece with each chunk's own time kept, changed by `edit`. */
export function editBytes(capture: LegCapture, direction: Direction, edit: (bytes: Buffer) => void): LegCapture {
  return withChunks(
    capture,
    direction,
    capture.chunks[direction].map(chunk => {
      const bytes = Buffer.from(chunk.bytes)
      const whole = Buffer.alloc(chunk.offset + bytes.length)
      bytes.copy(whole, chunk.offset)
      edit(whole)
      return { ...chunk, bytes: whole.subarray(chunk.offset) }
    }),
  )
}

export const flip = (capture: LegCapture, direction: Direction, at: number, mask = 1): LegCapture =>
  editBytes(capture, direction, bytes => {
    if (at < bytes.length) bytes[at] = bytes[at]! ^ mask
  })

export const truncate = (capture: LegCapture, direction: Direction, length: number): LegCapture =>
  withChunks(
    capture,
    direction,
    capture.chunks[direction].flatMap(chunk =>
      chunk.offset >= length ? [] : [{ ...chunk, bytes: chunk.bytes.subarray(0, length - chunk.offset) }],
    ),
  )

/** Each chunk cut into pieces of `size` bytes. */
export const split = (capture: LegCapture, direction: Direction, size: number): LegCapture =>
  withChunks(
    capture,
    direction,
    capture.chunks[direction].flatMap(({ at, offset, bytes }) =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => ({
        at,
        offset: offset + i * size,
        bytes: bytes.subarray(i * size, (i + 1) * size),
      })),
    ),
  )

/** As the Tap keeps it: of the records that `drop` picks only the header stays. */
export function dropBodies(
  capture: LegCapture,
  drop: (record: { direction: Direction; index: number; type: number }) => boolean,
): LegCapture {
  const chunks: Record<Direction, WireChunk[]> = { 'to-server': [], 'to-client': [] }
  const headers: Record<Direction, RecordHeader[]> = { 'to-server': [], 'to-client': [] }
  for (const direction of directions) {
    const all = bytesOf(capture, direction)
    for (const [index, { at, offset, type, version, length }] of readRecords(capture, direction).records.entries())
      if (drop({ direction, index, type })) headers[direction].push({ at, offset, type, version, length })
      else chunks[direction].push({ at, offset, bytes: all.subarray(offset, offset + 5 + length) })
  }
  return { ...capture, chunks, headers }
}
