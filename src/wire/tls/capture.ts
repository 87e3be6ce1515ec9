import type { Direction } from '../direction.ts'

/** Bytes as they came off one leg below TLS. */
export interface WireChunk {
  /** ms since the epoch, fractional */
  readonly at: number
  /** Position of the first byte in the TCP payload of its direction, from 0. */
  readonly offset: number
  readonly bytes: Uint8Array
}

/** A record of which only the header was kept: application data after the handshake. */
export interface RecordHeader {
  readonly at: number
  readonly offset: number
  readonly type: number
  readonly version: number
  /** Length of the fragment, without the five header bytes. */
  readonly length: number
}

/** All that was kept of one leg: what the dissector reads. Chunks and headers are in order of offset and do not overlap. */
export interface LegCapture {
  readonly chunks: Readonly<Record<Direction, readonly WireChunk[]>>
  readonly headers: Readonly<Record<Direction, readonly RecordHeader[]>>
  /** Lines in NSS key log format, without line ends. */
  readonly keyLog: readonly string[]
  /** The leg has closed: nothing more will come. */
  readonly over?: boolean
  /** Where the first TLS record starts in each direction's TCP payload. */
  readonly tlsStartsAt: { readonly toServer: number; readonly toClient: number }
}
