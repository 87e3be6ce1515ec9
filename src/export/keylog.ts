import type { ConnectionId } from '../model/connection.ts'
import type { LegName } from '../model/party.ts'
import type { Capture } from '../store/capture.ts'
import { exportedFlows } from './exported-flows.ts'
import type { Exporter } from './exporter.ts'
import { SeenIds } from './seen-ids.ts'

/** The secrets of both legs in NSS key log format, as Wireshark reads them: those of each connection under a comment. */
export const keylog: Exporter = {
  key: 'keylog',
  text: true,
  unredacted: 'a key log is nothing but secrets',
  *pieces(source) {
    const told = new SeenIds()
    for (const { connection } of exportedFlows(source)) yield* linesOf(source.capture, connection.id, told)
  },
}

const mostDepth = 8 // connections inside each other
const legs: readonly LegName[] = ['client', 'upstream']
// of NSS; Parley's own RESUMPTION_PSK is for the dissector alone
const line = /^(?!RESUMPTION_PSK )[A-Z_0-9]{1,64} [0-9a-fA-F]{2,128} [0-9a-fA-F]{2,1024}$/

/** Those of the connection inside which it came first: without them nobody gets to it. */
function* linesOf(capture: Capture, id: ConnectionId, told: SeenIds, depth = 0): Generator<string> {
  if (!told.add(id)) return
  const within = capture.connection(id)?.within
  if (within !== undefined && depth < mostDepth) yield* linesOf(capture, within, told, depth + 1)
  for (const leg of legs) {
    const lines = (capture.legCapture(id, leg)?.keyLog ?? []).filter(each => line.test(each))
    if (lines.length > 0) yield `# c${id}, ${leg} leg\n${lines.join('\n')}\n`
  }
}
