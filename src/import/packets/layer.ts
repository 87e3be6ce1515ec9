import type { Direction } from '../../model/party.ts'

/** A piece of one direction of a connection. */
export interface Piece {
  readonly direction: Direction
  /** ms since the epoch, fractional */
  readonly at: number
  /** Bytes of the direction before it. */
  readonly position: number
  readonly length: number
  /** A view, good until the call returns; absent where they passed and are not in the capture. */
  readonly bytes?: Uint8Array
}

/** Takes what a connection carries, as one protocol sees it. */
export interface Layer {
  piece(piece: Piece): void
  end(direction: Direction, at: number): void
  /** Nothing follows. */
  close(at: number): void
}

/** The rest of a piece, from `from` on. */
export const restOf = (piece: Piece, from: number): Piece => ({
  ...piece,
  position: piece.position + from,
  length: piece.length - from,
  ...(piece.bytes && { bytes: piece.bytes.subarray(from) }),
})
