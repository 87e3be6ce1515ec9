import { isIP } from 'node:net'
import { readLegPair } from '../../compare/read-leg-pair.ts'
import { isParleysAnswer } from '../../model/acted.ts'
import type { Connection, ConnectionId } from '../../model/connection.ts'
import type { BodySide, Exchange, ExchangeSide } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { bodySideOf } from '../../view/diff/both-sides.ts'
import { flowTiming } from '../../view/timing/timing.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import type { ExportedFlow } from '../exported-flows.ts'
import { mostBody } from './content.ts'
import { harRequest, harResponse, noResponse } from './messages.ts'
import { harTime, harTimings } from './timings.ts'
import { type HarTls, harTls } from './tls.ts'
import type { HarEntry, HarSide } from './values.ts'
import { harMessages } from './web-socket.ts'

/** An exchange with its connection. */
export type HarFlow = ExportedFlow & { readonly exchange: Exchange }

const none = new Uint8Array(0)
const mostConnections = 1000 // whose handshakes are kept read: a browser has some hundreds open

/** Makes entries of flows; what connections have in common is read once. */
export class HarEntries {
  readonly #capture: Capture
  readonly #tls = new BoundedMap<ConnectionId, HarTls>(mostConnections)

  constructor(capture: Capture) {
    this.#capture = capture
  }

  /** The entry of a flow; write it with `jsonPieces`. */
  of({ exchange, connection, first }: HarFlow): HarEntry {
    const timing = flowTiming(exchange, connection, { first })
    const timings = harTimings(timing)
    const isWebSocket = exchange.upgraded === 'websocket'
    const messages = isWebSocket ? harMessages(this.#capture, exchange) : undefined
    return {
      startedDateTime: isoTime(timing.startedAt),
      time: harTime(timings),
      request: harRequest(exchange.request, this.#body(exchange, exchange.request, 'request'), isWebSocket),
      response: this.#response(exchange, exchange, 'response'),
      ...{ cache: {}, timings },
      ...addressOf(connection),
      ...{ connection: String(connection.id), _id: exchange.id },
      ...(exchange.stream !== undefined && { _stream: exchange.stream }),
      ...(isWebSocket && { _resourceType: 'websocket' }),
      ...(messages && { _webSocketMessages: messages }),
      ...this.#tlsOf(connection),
      ...this.#ofParley(exchange, isWebSocket),
    }
  }

  #response(exchange: Exchange, side: ExchangeSide, of: BodySide) {
    const { response, informational, request } = side
    const error = exchange.aborted?.why
    if (!response) return noResponse(request.head.version, informational, error)
    return harResponse(response, this.#body(exchange, response, of), informational, error)
  }

  /** Without a look into the capture where there was none, as of most requests. */
  #body({ id }: Exchange, { bodyBytes }: { readonly bodyBytes: number }, side: BodySide): Uint8Array {
    return bodyBytes === 0 ? none : this.#capture.body(id, side, 0, mostBody)
  }

  #ofParley(exchange: Exchange, isWebSocket: boolean): Partial<HarEntry> {
    const { acts, upgraded, aborted, problems, server, request } = exchange
    return {
      ...(server !== undefined && {
        _server: server === 'not-asked' ? null : this.#server(exchange, server, isWebSocket),
      }),
      ...(isParleysAnswer(exchange) && { _answeredBy: 'parley' }),
      ...(acts && { _acts: acts }),
      ...(upgraded !== undefined && { _upgraded: upgraded }),
      ...(aborted && {
        _aborted: {
          ...{ time: aborted.at - request.headAt, by: aborted.by, why: aborted.why },
          ...(aborted.how && { how: aborted.how }),
        },
      }),
      ...(problems.length > 0 && { _problems: problems }),
    }
  }

  #server(exchange: Exchange, server: ExchangeSide, isWebSocket: boolean): HarSide {
    return {
      request: harRequest(
        server.request,
        this.#body(exchange, server.request, bodySideOf(exchange, 'request')),
        isWebSocket,
      ),
      ...(server.response && { response: this.#response(exchange, server, bodySideOf(exchange, 'response')) }),
    }
  }

  #tlsOf(connection: Connection): HarTls {
    const known = this.#tls.use(connection.id)
    if (known) return known
    const tls = harTls(readLegPair(this.#capture, connection))
    const { client, upstream, closed } = connection
    if (closed || (client.secureAt !== undefined && upstream?.secureAt !== undefined)) this.#tls.set(connection.id, tls)
    return tls
  }
}

/** Where the server was reached; another proxy's address is not the server's. */
function addressOf({ upstream, client, sniffed }: Connection): Pick<HarEntry, 'serverIPAddress'> {
  const remote = sniffed ? client.local : upstream?.via ? undefined : upstream?.remote
  const address = remote?.address.replace(/%.*$/, '')
  return address !== undefined && isIP(address) !== 0 ? { serverIPAddress: address } : {}
}

const latest = Date.UTC(9999, 11, 31) // ISO 8601 has four digits for a year

const isoTime = (at: number): string => new Date(Math.min(latest, Math.max(0, at))).toISOString()
