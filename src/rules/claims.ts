import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import type { Direction } from '../model/party.ts'
import type { RequestVerdict, ResponseVerdict, StreamVerdict } from './verdict.ts'

/** A request as a rule sees it: the head as its sender wrote it, the body as it came without framing. */
export interface RequestMessage {
  readonly head: RequestHead
  /** Absent where it is not wanted, or is larger than what may be held. */
  readonly body?: Uint8Array
  /** It is absent because it did not end in time: it has no known length, and may have no end. */
  readonly late?: boolean
}

export interface ResponseMessage {
  readonly head: ResponseHead
  readonly body?: Uint8Array
  readonly late?: boolean
}

/**
 * One message that is not to pass unseen. It is held, with back-pressure, until `act` has said what becomes of it; all else
 * of the connection goes on where the protocol lets it.
 */
export interface Claim<Message, Verdict> {
  /** Bytes of body that `act` wants to see; 0: the head alone, and the body streams behind it. */
  readonly most: number
  /** Never rejects. A body over `most` is absent: the claim says so to the person, and does what it can without. */
  act(message: Message): Verdict | Promise<Verdict>
  /** The exchange ended while it was held: nobody waits for the verdict. */
  gone?(): void
}

export type RequestClaim = Claim<RequestMessage, RequestVerdict>
export type ResponseClaim = Claim<ResponseMessage, ResponseVerdict>

/** One whole message of a WebSocket. */
export interface WebSocketData {
  readonly direction: Direction
  /** RFC 6455 11.8: 1 text, 2 binary. Control frames are nobody's to claim. */
  readonly opcode: number
  /** Inflated. */
  readonly bytes: Uint8Array
}

/**
 * Says which messages of one connection somebody claims. Asked with every head, so it answers quickly; undefined lets the
 * message pass as it came. `exchange`: its place among the requests of an HTTP/1 client, from 1, or its stream.
 */
export interface Claims {
  request(exchange: number, head: RequestHead): RequestClaim | undefined
  /** `request` is the head as the client sent it. */
  response(exchange: number, request: RequestHead, head: ResponseHead): ResponseClaim | undefined
  /** What is done with the messages of this WebSocket; undefined: none is claimed, whatever it says. */
  webSocket(exchange: number, request: RequestHead): WebSocketClaims | undefined
  /** Nothing more will be asked of this exchange. */
  over?(exchange: number): void
}

export interface WebSocketClaims {
  act(message: WebSocketData): StreamVerdict | Promise<StreamVerdict>
}
