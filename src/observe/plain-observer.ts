import { Http1Observer } from './http1/observer.ts'
import { Http2Observer } from './http2/observer.ts'
import type { PlainContext, PlainObserver, PlainOptions, PlainSink } from './plain.ts'
import { SniffingObserver } from './sniffing-observer.ts'

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
    return unread
  }
  return alpn === 'h2' || alpn === 'http/1.1' || alpn === 'http/1.0' ? make(alpn) : new SniffingObserver(make)
}

/** For what is no HTTP. */
const unread: PlainObserver = { push() {}, gap() {}, end() {}, close() {}, pause: 'none' }
