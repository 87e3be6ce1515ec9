import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Direction, LegName } from '../model/party.ts'
import type { RecordHeader } from '../wire/tls/capture.ts'
import { BelowTlsPacker } from './below-tls-packer.ts'
import { directions, legs } from './codes.ts'
import { checked, oneOf, ShapeError, time, whole } from './shape.ts'

/**
 * The functions by which a migration makes pages, see below-tls.ts, of the rows that captures had before: one for each
 * chunk of bytes, each key, and the headers of a lane.
 */
export function addPageFunctions(database: DatabaseSync): void {
  const add = (name: string, pack: Pack): void =>
    database.function(name, { varargs: true, useBigIntArguments: true }, (...row: SQLOutputValue[]) =>
      pageOf(row, pack),
    )
  add('page_of_wire', (packer, [leg, direction, offset, at, bytes]) => {
    const place = { at: checked(at, time, 'a time'), offset: checked(Number(offset), whole, 'an offset') }
    packer.wire(0, legOf(leg), directionOf(direction), { ...place, bytes: bytes as Uint8Array })
  })
  add('page_of_headers', (packer, [leg, direction, packed]) => {
    for (const header of unpackHeaders(packed as Uint8Array))
      packer.header(0, legOf(leg), directionOf(direction), header)
  })
  add('page_of_key', (packer, [leg, line]) => packer.key(0, legOf(leg), line as string))
}

/** The columns are those of STRICT tables. */
type Pack = (packer: BelowTlsPacker, row: readonly SQLOutputValue[]) => void

const unreadable = Uint8Array.of(3) // a kind that there is not

/** A row that Parley never wrote becomes a page that cannot be read: only who asks for its connection is to hear of it. */
function pageOf(row: readonly SQLOutputValue[], pack: Pack): Uint8Array {
  const pages: Uint8Array[] = []
  const packer = new BelowTlsPacker((_, packed) => pages.push(Buffer.from(packed)))
  try {
    pack(packer, row)
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return unreadable
  }
  packer.flush()
  return Buffer.concat(pages)
}

const legOf = (value: unknown): LegName => checked(legs[Number(value)], oneOf(...legs), 'a leg')
const directionOf = (value: unknown): Direction =>
  checked(directions[Number(value)], oneOf(...directions), 'a direction')

const headerBytes = 19

/**
 * Record headers as they were packed, big-endian: at float64, offset uint48, then the header as it was sent: type uint8,
 * version uint16, length uint16. Bytes after the last whole one are left out.
 */
function unpackHeaders({ buffer, byteOffset, length }: Uint8Array): RecordHeader[] {
  const bytes = Buffer.from(buffer, byteOffset, length)
  return Array.from({ length: Math.floor(length / headerBytes) }, (_, index) => {
    const start = index * headerBytes
    return {
      at: bytes.readDoubleBE(start),
      offset: bytes.readUIntBE(start + 8, 6),
      type: bytes.readUInt8(start + 14),
      version: bytes.readUInt16BE(start + 15),
      length: bytes.readUInt16BE(start + 17),
    }
  })
}
