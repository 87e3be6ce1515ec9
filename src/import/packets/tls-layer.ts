import type { Agreed } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import { packRecordHeader, recordHeaderBytes } from '../../tape/record-headers.ts'
import type { ConversationSink } from '../../wire/tcp/conversation.ts'
import type { Negotiated } from '../../wire/tls/handshake.ts'
import type { RawRecord } from '../../wire/tls/record-reader.ts'
import { cipherSuites } from '../../wire/tls/registry/cipher-suites.ts'
import { nameOf } from '../../wire/tls/registry/names.ts'
import { type SessionKeys, SessionOpener } from '../../wire/tls/stream/session-opener.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { Layer, Piece } from './layer.ts'

/** What takes the content of a connection that comes inside another. */
export interface Inside extends ConversationSink {
  close(at: number): void
}

/** Names of versions as Node has them. */
const versions: Readonly<Record<number, string>> = {
  ...{ 768: 'SSLv3', 769: 'TLSv1', 770: 'TLSv1.1', 771: 'TLSv1.2', 772: 'TLSv1.3' },
}
const connectText = Buffer.from('CONNECT ')

/** A TLS session: its records are kept as Parley's own are, and its content goes to the recorder where keys open it. */
export class TlsLayer implements Layer {
  readonly #door: ConnectionDoor
  readonly #begin: (door: ConnectionDoor) => Inside
  readonly #opener: SessionOpener
  readonly #header = new Uint8Array(recordHeaderBytes)
  readonly #sent = new Uint8Array(5)
  /** A connection of its own, where the session is with a proxy and has a tunnel in it. */
  #inside: { readonly door: ConnectionDoor; readonly carried: Inside } | undefined
  #spoke = false
  #at = 0

  /** `startsAt`: where its first record stands in each direction. */
  constructor(
    door: ConnectionDoor,
    keys: SessionKeys,
    startsAt: { readonly toServer: number; readonly toClient: number },
    inMiddle: boolean,
    begin: (door: ConnectionDoor) => Inside,
  ) {
    this.#door = door
    this.#begin = begin
    door.tell(this.#at, { type: 'tls-started', leg: 'client', ...startsAt })
    this.#opener = new SessionOpener(keys, startsAt, {
      record: (record, kept) => this.#record(record, kept),
      keys: lines => {
        for (const line of lines) door.keyLog(this.#at, line)
      },
      hello: serverName => door.hello(this.#at, serverName),
      secured: (at, negotiated) => door.tell(at, { type: 'secured', leg: 'client', at, agreed: agreedOf(negotiated) }),
      content: (direction, at, bytes) => this.#content(direction, at, bytes),
      missing: (direction, at, length) => this.#missing(direction, at, length),
      alert: () => {},
    })
    if (inMiddle) for (const direction of ['to-server', 'to-client'] as const) this.#opener.gap(direction, 0, 0)
  }

  piece({ direction, at, bytes, length }: Piece): void {
    this.#at = at
    if (bytes) this.#opener.push(direction, at, bytes)
    else this.#opener.gap(direction, at, length)
  }

  end(direction: Direction, at: number): void {
    if (this.#inside) this.#inside.carried.end(direction, at)
    else if (this.#spoke) this.#door.contentEnd(direction, at)
  }

  close(at: number): void {
    this.#opener.end()
    if (!this.#inside) return
    this.#inside.carried.close(at)
    this.#inside.door.close(at)
  }

  #record(record: RawRecord, kept: boolean): void {
    const { direction, at, offset, type, version, length, fragment, sslv2Hello } = record
    if (sslv2Hello) return this.#door.wire(direction, at, offset, sslv2Hello)
    this.#sent.set([type, version >> 8, version & 255, length >> 8, length & 255])
    if (kept && fragment) this.#door.wire(direction, at, offset, Buffer.concat([this.#sent, fragment]))
    else {
      packRecordHeader(this.#header, 0, offset, this.#sent, 0)
      this.#door.recordHeaders(direction, at, this.#header)
    }
  }

  #content(direction: Direction, at: number, bytes: Uint8Array): void {
    if (!this.#spoke && direction === 'to-server' && connectText.equals(bytes.subarray(0, connectText.length)))
      this.#goInside(at)
    this.#spoke = true
    if (!this.#inside) return this.#door.content(direction, at, bytes)
    this.#inside.carried.data(direction, at, bytes)
  }

  #missing(direction: Direction, at: number, length: number): void {
    if (this.#inside) this.#inside.carried.gap(direction, at, length)
    else this.#door.gap(direction, at, length)
  }

  #goInside(at: number): void {
    const { address: host, port } = this.#door.server
    this.#door.tell(at, { type: 'targeted', entrance: 'tls', target: { host, port } })
    const door = this.#door.inside(at)
    this.#inside = { door, carried: this.#begin(door) }
  }
}

const agreedOf = ({ version = 0, cipherSuite, alpn, resumption }: Negotiated): Agreed => ({
  version: versions[version] ?? 'none',
  cipherSuite: cipherSuite === undefined ? 'none' : nameOf(cipherSuites, cipherSuite),
  ...(alpn !== undefined && { alpn }),
  resumed: resumption !== 'none',
})
