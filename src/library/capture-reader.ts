import { connectionText } from '../cli/print-connection.ts'
import { parseFilter } from '../filter/parser.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { BodySide, ExchangeId } from '../model/exchange.ts'
import { type Capture, type CaptureInfo, openCapture as openStored } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import { decodedBody } from '../view/body/decoded.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import type { ConnectionJson } from '../view/json/connection-json.ts'
import type { ExchangeJson } from '../view/json/exchange-json.ts'

/** A row of the list: an exchange, or a connection that has none. `startedAt` in ms since the epoch, `duration` in ms. */
export type Flow = FlowRow

/**
 * A capture to read, also while it is written: every call sees what is committed by then. Every method throws StoreError
 * where the file cannot be read; those that take a filter throw FilterError, which says where the mistake is.
 */
export interface CaptureReader extends Disposable {
  readonly path: string
  /** How much there is: `size` in bytes, `startedAt` in ms since the epoch. */
  info(): CaptureInfo
  /** The flows that fit, in order, read a page at a time. */
  flows(filter?: string): Generator<Flow>
  flow(id: ExchangeId): Flow | undefined
  count(filter?: string): number
  /** Both handshakes, their comparison, the verdict and the first ten exchanges, as `parley show --json` prints it. */
  connection(id: ConnectionId): ConnectionJson | undefined
  /** The connections whose flows fit, or all, in order. */
  connections(filter?: string): Generator<ConnectionJson>
  /** Request, response and what was done to them; of bodies the first 64 KiB. Times in ms since its connection opened. */
  exchange(id: ExchangeId): ExchangeJson | undefined
  /** Kept bytes of a body as they came, content codings and all, from byte `from` on, at most `length`. */
  body(id: ExchangeId, side: BodySide, from?: number, length?: number): Uint8Array
  /** Closing twice does nothing. */
  close(): void
}

const plain = { json: true, style: { color: false } } as const
const page = 1000
const wholeBody = 256 * 1024 * 1024 // bytes: what is kept of one by default

/**
 * Opens a capture file. Throws StoreError: `store/missing`, not a capture, of a newer Parley, locked, damaged.
 *
 * @example
 * using capture = openCapture('login.parley')
 * for (const flow of capture.flows('~c 5xx')) console.log(flow.host, flow.path, flow.status)
 */
export function openCapture(path: string): CaptureReader {
  return readerOf(openStored(path, { decode: { body: decodedBody, messages: inflatedMessages } }))
}

/** The same of a capture that is open; closes it. */
export function readerOf(capture: Capture): CaptureReader {
  const { path } = capture.info()
  let open = true
  const close = (): void => {
    if (open) capture.close()
    open = false
  }
  return {
    path,
    info: () => capture.info(),
    flows: filter => flowsOf(capture, filter),
    flow: id => capture.flows({ after: id - 1, before: id + 1, limit: 1 })[0],
    count: filter => capture.count(filter === undefined ? undefined : parseFilter(filter)),
    connection(id) {
      const connection = capture.connection(id)
      return connection && (JSON.parse(connectionText(capture, connection, plain)) as ConnectionJson)
    },
    *connections(filter) {
      for (const id of connectionIds(capture, filter)) yield this.connection(id)!
    },
    exchange(id) {
      const exchange = capture.exchange(id)
      const connection = exchange && capture.connection(exchange.connection)
      if (!connection) return undefined
      const told = connectionText(capture, connection, { ...plain, exchanges: [id], fields: ['exchanges'] })
      return (JSON.parse(told) as Pick<ConnectionJson, 'exchanges'>).exchanges[0]
    },
    body: (id, side, from = 0, length = wholeBody) => capture.body(id, side, from, length),
    close,
    [Symbol.dispose]: close,
  }
}

function* flowsOf(capture: Capture, text: string | undefined): Generator<Flow> {
  const filter = text === undefined ? {} : { filter: parseFilter(text) }
  for (let after = 0; ; ) {
    const rows = capture.flows({ ...filter, after, limit: page })
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}

function* connectionIds(capture: Capture, filter: string | undefined): Generator<ConnectionId> {
  if (filter !== undefined) {
    const ids = new Set<ConnectionId>()
    for (const { connection } of flowsOf(capture, filter)) ids.add(connection)
    return yield* [...ids].sort((a, b) => a - b)
  }
  for (let after = 0; ; ) {
    const rows = capture.connections({ after, limit: page })
    yield* rows.map(({ id }) => id)
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}
