import { createHash } from 'node:crypto'
import type { BodySide } from '../../../src/model/exchange.ts'
import { openCapture } from '../../../src/store/capture.ts'

/** Every exchange of a capture: what was asked, what came, and the digest of both bodies. */
export function exchangeLines(path: string): readonly string[] {
  const capture = openCapture(path)
  const digest = (id: number, side: BodySide): string =>
    createHash('sha256')
      .update(capture.body(id, side, 0, 1e8))
      .digest('hex')
      .slice(0, 16)
  try {
    return capture.flows({ limit: 10_000 }).flatMap(({ kind, id }) => {
      const exchange = kind === 'exchange' ? capture.exchange(id) : undefined
      if (!exchange) return []
      const { request, response } = exchange
      const asked = `${request.head.method} ${request.head.scheme}://${request.head.authority}${request.head.path}`
      const came = `${response?.head.version} ${response?.head.status} ${response?.bodyBytes}`
      return [`${asked} ${came} ${digest(id, 'request')} ${digest(id, 'response')}`]
    })
  } finally {
    capture.close()
  }
}
