import type { Direction } from '../../model/party.ts'
import type { ConversationSink } from '../../wire/tcp/conversation.ts'
import type { SessionKeys } from '../../wire/tls/stream/session-opener.ts'
import { Beginning } from './beginning.ts'
import { ClearLayer } from './clear-layer.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { Layer, Piece } from './layer.ts'
import { TlsLayer } from './tls-layer.ts'

const mostTunnels = 8 // one through the other

/**
 * What one connection carries, from its first byte on: tunnels are unwrapped, TLS is opened where its keys are known, and
 * what is in clear then goes to the recorder.
 */
export class Carried implements ConversationSink {
  readonly #door: ConnectionDoor
  readonly #keys: SessionKeys
  #layer: Layer
  #tunnels = 0
  readonly #ended: { readonly direction: Direction; readonly at: number }[] = []
  /** Where the next piece of each direction begins. */
  readonly #next: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }

  /** `whole`: its first bytes are in the capture. */
  constructor(door: ConnectionDoor, keys: SessionKeys, whole: boolean) {
    this.#door = door
    this.#keys = keys
    this.#layer = this.#begin(whole)
  }

  data(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#piece(direction, at, bytes.length, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#piece(direction, at, length)
  }

  end(direction: Direction, at: number): void {
    this.#ended.push({ direction, at })
    this.#layer.end(direction, at)
  }

  close(at: number): void {
    this.#layer.close(at)
  }

  #piece(direction: Direction, at: number, length: number, bytes?: Uint8Array): void {
    const position = this.#next[direction]
    this.#next[direction] += length
    this.#layer.piece({ direction, at, position, length, ...(bytes && { bytes }) })
  }

  #begin(whole: boolean): Layer {
    return new Beginning(whole, this.#tunnels < mostTunnels, {
      tunnel: ({ entrance, target }, held, at) => {
        this.#tunnels++
        this.#door.tell(at, { type: 'targeted', entrance, target })
        this.#become(this.#begin(true), held)
      },
      answered: (at, position, bytes) => this.#door.wire('to-client', at, position, bytes),
      tls: (held, inMiddle) => this.#become(this.#tls(held, inMiddle), held),
      clear: held => this.#become(new ClearLayer(this.#door, (piece, how) => this.#goOn(piece, how)), held),
    })
  }

  /** In clear, the client asks for a tunnel once more, or both have agreed to go on in TLS. */
  #goOn(piece: Piece, how: 'tunnel' | 'tls'): void {
    this.#become(how === 'tls' ? this.#tls([piece], false) : this.#begin(true), [piece])
  }

  #tls(held: readonly Piece[], inMiddle: boolean): Layer {
    const start = (direction: Direction): number =>
      held.find(piece => piece.direction === direction)?.position ?? this.#next[direction]
    const startsAt = { toServer: start('to-server'), toClient: start('to-client') }
    return new TlsLayer(this.#door, this.#keys, startsAt, inMiddle, door => new Carried(door, this.#keys, true))
  }

  /** A layer may give its place to another while it takes what was held. */
  #become(layer: Layer, held: readonly Piece[]): void {
    this.#layer = layer
    for (const piece of held) this.#layer.piece(piece)
    if (this.#layer === layer) for (const { direction, at } of this.#ended) layer.end(direction, at)
  }
}
