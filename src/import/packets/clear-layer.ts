import type { Direction } from '../../model/party.ts'
import { latin1 } from '../../wire/latin1.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { Layer, Piece } from './layer.ts'

/** What a piece that goes to the server begins, in clear. */
type GoesOn = (piece: Piece, how: 'tunnel' | 'tls') => void

const absoluteForm = /^[A-Z]{3,16} (http:\/\/[^ /?#\r\n]{1,300})/

/** What is not encrypted: the recorder reads it. */
export class ClearLayer implements Layer {
  readonly #door: ConnectionDoor
  readonly #goesOn: GoesOn
  #spoke = false
  #isHttp = false

  constructor(door: ConnectionDoor, goesOn: GoesOn) {
    this.#door = door
    this.#goesOn = goesOn
  }

  piece(piece: Piece): void {
    const { direction, at, bytes, length } = piece
    if (!bytes) return this.#door.gap(direction, at, length)
    if (direction === 'to-server') {
      const next = this.#next(bytes)
      if (next) return this.#goesOn(piece, next)
      if (!this.#spoke) this.#aim(at, bytes)
      this.#spoke = true
    }
    this.#door.content(direction, at, bytes)
  }

  end(direction: Direction, at: number): void {
    this.#door.contentEnd(direction, at)
  }

  close(): void {}

  /** A proxy that refused a tunnel may be asked again; both may have agreed to go on in TLS (RFC 3207, RFC 2817). */
  #next(bytes: Uint8Array): 'tunnel' | 'tls' | undefined {
    if (!this.#spoke) return undefined
    if (bytes[0] === 22 && bytes[1] === 3 && bytes[5] === 1 && !this.#isHttp) return 'tls'
    return this.#isHttp && latin1(bytes, 0, Math.min(8, bytes.length)) === 'CONNECT ' ? 'tunnel' : undefined
  }

  /** A request with a whole URL is for a proxy. */
  #aim(at: number, bytes: Uint8Array): void {
    const line = latin1(bytes, 0, Math.min(1024, bytes.length))
    this.#isHttp = /^[A-Z]{3,16} /.test(line)
    const url = URL.parse(absoluteForm.exec(line)?.[1] ?? '')
    if (!url) return
    const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 80 }
    this.#door.tell(at, { type: 'targeted', entrance: 'absolute-form', target })
  }
}
