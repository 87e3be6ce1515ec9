import type { Exchange, Header, Side } from '../model/exchange.ts'
import { exportedFlows } from './exported-flows.ts'
import type { Exporter } from './exporter.ts'

const pieceBytes = 1024 * 1024

/** The requests as HTTP/1.1 that can be sent as it is, one after the other. */
export const rawRequests: Exporter = raw('request')

/** The responses in the same way. */
export const rawResponses: Exporter = raw('response')

function raw(side: Side): Exporter {
  return {
    ...{ key: `raw-${side}`, text: false },
    *pieces(source) {
      for (const { exchange } of exportedFlows(source)) {
        if (!exchange?.[side]) continue
        const length = source.capture.bodyLength(exchange.id, side)
        yield Buffer.from(headOf(exchange, side, length), 'latin1')
        for (let at = 0; at < length; ) {
          const piece = source.capture.body(exchange.id, side, at, pieceBytes)
          if (piece.length === 0) break
          yield piece
          at += piece.length
        }
      }
    },
  }
}

/** A head that was sent as it is stays so; otherwise its framing is that of a body whose length is known. */
function headOf(exchange: Exchange, side: Side, length: number): string {
  const { head } = exchange[side]!
  const start = startOf(exchange, side)
  const fields = head.headers.filter(([name]) => !name.startsWith(':'))
  const same = head.version !== 'HTTP/2' && saysLength(fields, length)
  if (same && head.raw !== undefined) return head.raw
  const framed = same
    ? fields
    : [...withHost(exchange, side, fields).filter(field => !isFraming(field)), ...lengthOf(length)]
  return `${start}\r\n${framed.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

function startOf({ request, response }: Exchange, side: Side): string {
  const { method, target, version, path } = request.head
  if (side === 'request')
    return version === 'HTTP/2' ? `${method} ${path || target} HTTP/1.1` : `${method} ${target} ${version}`
  const { status, reason, version: spoken } = response!.head
  return `${spoken === 'HTTP/2' ? 'HTTP/1.1' : spoken} ${status} ${reason}`
}

const withHost = ({ request }: Exchange, side: Side, fields: readonly Header[]): readonly Header[] =>
  side === 'response' || fields.some(([name]) => name.toLowerCase() === 'host')
    ? fields
    : [['Host', request.head.authority], ...fields]

const isFraming = ([name]: Header): boolean =>
  ['content-length', 'transfer-encoding', 'trailer'].includes(name.toLowerCase())

const lengthOf = (length: number): readonly Header[] => (length > 0 ? [['Content-Length', String(length)]] : [])

/** A head says how long the body is that follows. */
function saysLength(fields: readonly Header[], length: number): boolean {
  const framing = fields.filter(isFraming)
  if (framing.length === 0) return length === 0
  return framing.every(([name, value]) => name.toLowerCase() === 'content-length' && value.trim() === String(length))
}
