import type { Capture } from '../store/capture.ts'
import { flowLine } from '../view/text/flow-line.ts'

const page = 500

/** Prints every flow of a capture, a page at a time, oldest first. */
export function printFlows(capture: Capture, write: (line: string) => void): void {
  for (let after = 0; ; ) {
    const rows = capture.flows({ after, limit: page })
    for (const { id, kind, connection: connectionId } of rows) {
      const connection = capture.connection(connectionId)
      const exchange = kind === 'exchange' ? capture.exchange(id) : undefined
      if (exchange) write(flowLine({ kind: 'exchange', exchange, ...(connection && { connection }) }))
      else if (connection) write(flowLine({ kind: 'connection', connection }))
      after = id
    }
    if (rows.length < page) return
  }
}
