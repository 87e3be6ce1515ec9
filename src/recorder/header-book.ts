import type { ConnectionId } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import { packRecordHeaders } from '../store/record-headers.ts'
import { recordHeaderBytes } from '../tape/entry.ts'
import type { RecordHeader } from '../wire/tls/capture.ts'

interface Page {
  readonly connection: ConnectionId
  readonly leg: LegName
  readonly direction: Direction
  readonly headers: RecordHeader[]
}

export type WriteHeaders = (connection: ConnectionId, leg: LegName, direction: Direction, packed: Uint8Array) => void

/** Gathers the record headers of a tick, so that each direction of each leg is written once. */
export class HeaderBook {
  readonly #pages = new Map<string, Page>()

  /** `packed` as the tape has them, see tape/entry.ts. */
  add(connection: ConnectionId, leg: LegName, direction: Direction, at: number, packed: Buffer): void {
    const key = connection + leg + direction
    let page = this.#pages.get(key)
    if (!page) {
      page = { connection, leg, direction, headers: [] }
      this.#pages.set(key, page)
    }
    for (let i = 0; i + recordHeaderBytes <= packed.length; i += recordHeaderBytes) {
      const offset = packed.readUInt16LE(i) * 0x1_0000_0000 + packed.readUInt32LE(i + 2)
      const type = packed.readUInt8(i + 6)
      page.headers.push({ at, offset, type, version: packed.readUInt16BE(i + 7), length: packed.readUInt16BE(i + 9) })
    }
  }

  /** Answers with the connections whose headers it wrote. */
  write(write: WriteHeaders): ConnectionId[] {
    const pages = [...this.#pages.values()]
    this.#pages.clear()
    for (const { connection, leg, direction, headers } of pages)
      write(connection, leg, direction, packRecordHeaders(headers))
    return [...new Set(pages.map(({ connection }) => connection))]
  }
}
