import type { Direction } from '../../wire/direction.ts'
import type { LegCapture } from '../../wire/tls/capture.ts'
import { dissect } from '../../wire/tls/dissect.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import type { OpenedRecord, Seal } from '../../wire/tls/record-cipher.ts'
import { headerLength, type RawRecord } from '../../wire/tls/record-reader.ts'
import { fit, type Slot } from './content/fit.ts'
import { type LaneContentOrWhy, PartsReader } from './content/lane-content.ts'
import type { Overlay } from './lane-bytes.ts'

const applicationData = 23

interface EncryptedRecord {
  readonly record: RawRecord
  readonly opened: OpenedRecord | undefined
  readonly under: Seal | undefined
}

/** A record of application data with what is known of its place. */
interface ContentRecord extends EncryptedRecord, Slot {}

export interface SealedLane {
  readonly overlays: readonly Overlay[]
  /** Absent where the lane's bytes were kept as they came. */
  readonly anew?: { readonly lost: number } | { readonly why: string }
}

export interface SealedLeg {
  readonly handshake: Handshake
  readonly lanes: Readonly<Record<Direction, SealedLane>>
}

/**
 * Encrypts what of application data was not kept, with the keys of the session, into records of the very numbers, places
 * and lengths that they had. Where that cannot be, only their headers are there. `contentOf` is asked where it is needed.
 */
export function sealedAnew(capture: LegCapture, contentOf: (direction: Direction) => LaneContentOrWhy): SealedLeg {
  const encrypted: Record<Direction, EncryptedRecord[]> = { 'to-server': [], 'to-client': [] }
  const handshake = dissect(capture, {
    sealed: (record, opened, under) => encrypted[record.direction].push({ record, opened, under }),
  })
  const lane = (direction: Direction): SealedLane => {
    const unkept = encrypted[direction].filter(({ record }) => !record.fragment)
    if (unkept.length === 0) return { overlays: [] }
    const sealed = laneOf(encrypted[direction], contentOf(direction))
    if (typeof sealed !== 'string') return sealed
    return { overlays: unkept.map(({ record }) => headerAlone(record)), anew: { why: sealed } }
  }
  return { handshake, lanes: { 'to-server': lane('to-server'), 'to-client': lane('to-client') } }
}

function laneOf(encrypted: readonly EncryptedRecord[], content: LaneContentOrWhy): SealedLane | string {
  if (typeof content === 'string') return content
  const records = contentRecords(encrypted)
  if (typeof records === 'string') return records
  const framing = fit(content.messages, records)
  if (!framing) return 'what is kept of its content does not have the length of its records'
  const reader = new PartsReader(
    (function* () {
      for (const [i, message] of content.messages.entries()) yield* message.parts(framing[i]!)
    })(),
  )
  return { overlays: records.map(record => overlayOf(record, reader)), anew: { lost: content.lost } }
}

function contentRecords(encrypted: readonly EncryptedRecord[]): readonly ContentRecord[] | string {
  const records: ContentRecord[] = []
  for (const each of encrypted) {
    const { record, opened, under } = each
    if (opened && opened.type !== applicationData) continue
    if (!opened && record.fragment) return 'a record of it could not be opened'
    if (!opened && !under) return 'there are no keys for it'
    const room = opened ? opened.content.length : under!.sealer.room(record.length)
    if (room === undefined) return 'its cipher suite has no records whose length says how much they hold'
    records.push({ ...each, at: record.at, room })
  }
  return records
}

function overlayOf({ record, opened, under, room }: ContentRecord, reader: PartsReader): Overlay {
  const { at, offset, length } = record
  return {
    at,
    offset,
    length: headerLength + length,
    bytes() {
      const content = reader.take(room)
      const asItWas = opened && (Buffer.compare(opened.content, content) === 0 || under?.sealer.room(length) !== room)
      if (asItWas || !under) return undefined
      return Buffer.concat([headerOf(record), under.sealer.seal(record, under.sequence, content)])
    },
  }
}

const headerAlone = (record: RawRecord): Overlay => ({
  at: record.at,
  offset: record.offset,
  length: headerLength + record.length,
  bytes: () => headerOf(record),
})

function headerOf({ type, version, length }: RawRecord): Uint8Array {
  const header = Buffer.alloc(headerLength)
  header[0] = type
  header.writeUInt16BE(version, 1)
  header.writeUInt16BE(length, 3)
  return header
}
