import type { Direction } from '../../../model/party.ts'

/** A protocol that begins in clear and may go on in TLS. What is given is all that one side has said in its turn. */
export interface Upgradable {
  readonly speaksFirst: Direction
  begins(first: Buffer): boolean
  /** How many bytes the client's request for TLS has, the whole turn of it; undefined where it is none. */
  asks(turn: Buffer): number | undefined
  /** Whether the server agrees. Absent where it is not asked: the client goes on in TLS. */
  readonly agrees?: (turn: Buffer, asked: Buffer) => boolean
}
