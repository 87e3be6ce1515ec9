import type { Direction, Party } from '../model/party.ts'
import { Http1Observer } from './http1-observer.ts'
import { Http2Observer } from './http2-observer.ts'
import type { PlainContext, PlainObserver, PlainOptions, PlainSink } from './plain.ts'
import { SniffingObserver } from './sniffing-observer.ts'

export type {
  FrameTap,
  MessageTap,
  PlainContext,
  PlainObserver,
  PlainOptions,
  PlainSink,
  WebSocketMessage,
} from './plain.ts'

/** Watches what ALPN agreed on; without ALPN, what the client's first bytes look like. `sink.protocol` hears which. */
export function observePlain(
  context: PlainContext,
  alpn: string | undefined,
  sink: PlainSink,
  options: PlainOptions = {},
): PlainObserver {
  const make = (protocol: string): PlainObserver => {
    sink.protocol(protocol)
    if (protocol === 'h2') return new Http2Observer(context, sink, options)
    if (protocol.startsWith('http/1')) return new Http1Observer(context, sink, options)
    return new OpaqueObserver()
  }
  return alpn === 'h2' || alpn === 'http/1.1' || alpn === 'http/1.0' ? make(alpn) : new SniffingObserver(make)
}

/** Bytes that are no HTTP: only counted. */
export class OpaqueObserver implements PlainObserver {
  readonly bytes: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }

  push(direction: Direction, _at: number, bytes: Uint8Array): void {
    this.bytes[direction] += bytes.length
  }

  gap(direction: Direction, _at: number, length: number): void {
    this.bytes[direction] += length
  }

  end(_direction: Direction, _at: number): void {}
  close(_at: number, _by: Party, _why: string): void {}
}
