import type { Direction } from '../../model/party.ts'
import { latin1 } from '../../wire/latin1.ts'
import { isSslv2Hello } from '../../wire/tls/sslv2-hello.ts'
import { type Layer, type Piece, restOf } from './layer.ts'
import { type Prelude, takePrelude } from './prelude.ts'

/** What the first bytes of a connection turned out to be; `held` is what came so far, in its order. */
export interface BeginningSink {
  tunnel(prelude: Prelude, held: readonly Piece[], at: number): void
  /** A proxy's answer, which stands before what the tunnel carries. */
  answered(at: number, position: number, bytes: Uint8Array): void
  /** `inMiddle`: its handshake was before the capture began. */
  tls(held: readonly Piece[], inMiddle: boolean): void
  clear(held: readonly Piece[]): void
}

const mostHeld = 64 * 1024 // bytes of a direction
const mostPieces = 256
const [firstType, handshake, lastType] = [20, 22, 23] as const
const requestLine = /^(?:[A-Z]{3,16} [^ \r\n]{1,4000} HTTP\/1\.[01]\r\n|PRI \* HTTP\/2\.0\r\n)/

/** Holds what comes first on a connection until it shows what it is. */
export class Beginning implements Layer {
  readonly #sink: BeginningSink
  readonly #mayTunnel: boolean
  /** False where the capture began within the connection. */
  readonly #whole: boolean
  #held: Piece[] = []
  readonly #bytes = { 'to-server': 0, 'to-client': 0 }
  #over = false

  constructor(whole: boolean, mayTunnel: boolean, sink: BeginningSink) {
    this.#whole = whole
    this.#mayTunnel = mayTunnel
    this.#sink = sink
  }

  piece(piece: Piece): void {
    this.#held.push(piece.bytes ? { ...piece, bytes: Uint8Array.from(piece.bytes) } : piece)
    this.#bytes[piece.direction] += piece.length
    if (!this.#whole) this.#lookWithin()
    else if (this.#held.some(({ bytes }) => !bytes)) this.#lookBehindHole()
    else this.#look(piece.at)
  }

  /** Told again to what takes its place. */
  end(): void {}

  close(): void {
    if (!this.#over && this.#held.length > 0) this.#clear()
  }

  #look(at: number): void {
    const [toServer, toClient] = [this.#joined('to-server'), this.#joined('to-client')]
    const first = toServer.length > 0 ? toServer : toClient
    if (isRecord(first)) return this.#tls(first[0] !== handshake)
    if (isSslv2Hello(toServer)) return this.#tls(false)
    const prelude = this.#mayTunnel ? takePrelude(toServer, toClient) : 'none'
    if (typeof prelude === 'object') return this.#tunnel(prelude, at, toClient)
    const greeting = toServer.length === 0 || (first.length < 3 && first[0] === handshake)
    if (!(prelude === 'more' || greeting) || this.#isFull) this.#clear()
  }

  /** Nothing says where a message begins, but a record or a request at the begin of a segment. */
  #lookWithin(): void {
    const first = this.#held.findIndex(({ bytes }) => bytes && isRecord(bytes))
    if (first >= 0) return this.#tls(!isHello(this.#held[first]!))
    const last = this.#held.at(-1)!
    const text = last.bytes && last.direction === 'to-server' ? latin1(last.bytes, 0, Math.min(4100, last.length)) : ''
    if (requestLine.test(text)) {
      this.#held = [last]
      return this.#clear()
    }
    if (this.#isFull) this.#clear()
  }

  /** Bytes are missing already; what came first of the others shows what it was. */
  #lookBehindHole(): void {
    const first = this.#held.find(({ bytes }) => bytes)?.bytes
    if (first && isRecord(first)) this.#tls(first[0] !== handshake)
    else if ((first?.length ?? 0) >= 3 || this.#isFull) this.#clear()
  }

  get #isFull(): boolean {
    return Math.max(this.#bytes['to-server'], this.#bytes['to-client']) > mostHeld || this.#held.length > mostPieces
  }

  #joined(direction: Direction): Uint8Array {
    const pieces = this.#held.filter(piece => piece.direction === direction).map(({ bytes }) => bytes!)
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  }

  #tunnel(prelude: Prelude, at: number, toClient: Uint8Array): void {
    const answer = this.#held.find(({ direction }) => direction === 'to-client')!
    this.#sink.answered(at, answer.position, toClient.subarray(0, prelude.toClient))
    const left = { 'to-server': prelude.toServer, 'to-client': prelude.toClient }
    const held = this.#held.flatMap(piece => {
      const skip = Math.min(left[piece.direction], piece.length)
      left[piece.direction] -= skip
      return skip === piece.length ? [] : [restOf(piece, skip)]
    })
    this.#over = true
    this.#sink.tunnel(prelude, held, at)
  }

  #tls(inMiddle: boolean): void {
    this.#over = true
    this.#sink.tls(this.#held, inMiddle)
  }

  #clear(): void {
    this.#over = true
    this.#sink.clear(this.#held)
  }
}

/** The header of a TLS record (RFC 8446 5.1). */
const isRecord = ([type = 0, major, minor = 9]: Uint8Array): boolean =>
  type >= firstType && type <= lastType && major === 3 && minor <= 4

const isHello = ({ bytes }: Piece): boolean => bytes?.[0] === handshake && bytes[5] === 1
