import { exportedFlows } from './exported-flows.ts'
import { type Exporter, type ExportSource, isWhole } from './exporter.ts'
import { pcapng } from './pcapng/pcapng.ts'
import { SeenIds } from './seen-ids.ts'

const mostDepth = 8 // connections inside each other

/** Packets of both legs with their secrets, for Wireshark: whole connections, of all flows that leave. */
export const packets: Exporter = {
  key: 'pcapng',
  text: false,
  unredacted: 'it is made of the bytes as they passed',
  pieces(source) {
    if (isWhole(source.selection)) return pcapng(source.capture)
    const leaving = connectionsOf(source)
    return pcapng(source.capture, id => leaving.has(id))
  },
}

/** With those inside which they came: without them nobody gets to what is in them. */
function connectionsOf(source: ExportSource): SeenIds {
  const leaving = new SeenIds()
  for (const { connection } of exportedFlows(source)) {
    let id: number | undefined = connection.id
    for (let depth = 0; id !== undefined && depth < mostDepth && leaving.add(id); depth++)
      id = source.capture.connection(id)?.within
  }
  return leaving
}
