import type { Connection } from '../../../src/model/connection.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import type { Handshake } from '../../../src/wire/tls/handshake.ts'
import { Agreement, type Tolerance } from './agreement.ts'
import { parleyTold, type Told, titleOf } from './facts.ts'
import type { PcapStream } from './pcap.ts'
import { dissectWithTshark } from './tshark.ts'

/** One leg of a capture, dissected. */
export interface JudgedLeg {
  readonly connection: Connection
  readonly leg: 'client' | 'upstream'
  readonly handshake: Handshake
  /** What tshark tells. */
  readonly theirs: Told
}

export interface Judgement {
  readonly agreement: Agreement
  readonly legs: readonly JudgedLeg[]
}

/**
 * Lets tshark dissect the bytes of every leg of a capture, and compares. `keys` are secrets that Parley does not have:
 * of connections that pass through.
 */
export async function judge(
  folder: string,
  capturePath: string,
  keys: readonly string[] = [],
  tolerate?: Tolerance,
): Promise<Judgement> {
  const capture = openCapture(capturePath)
  const ours: Omit<JudgedLeg, 'theirs'>[] = []
  const streams: PcapStream[] = []
  try {
    for (const connection of capture.connections({ limit: 1000 })) {
      for (const leg of ['client', 'upstream'] as const) {
        const kept = capture.legCapture(connection.id, leg)
        if (!kept || connection[leg]?.tlsStartsAt === undefined) continue
        const whole = { ...kept, keyLog: [...kept.keyLog, ...keys] }
        ours.push({ connection, leg, handshake: dissect(whole) })
        streams.push({ port: 10_000 + streams.length, capture: whole })
      }
    }
  } finally {
    capture.close()
  }
  const theirs = await dissectWithTshark(folder, streams)
  const agreement = new Agreement()
  const legs = ours.map((each, index) => {
    const { connection, leg, handshake } = each
    const name = `c${connection.id} ${connection.serverName ?? connection.target?.host} ${leg}`
    const told = theirs.get(streams[index]!.port)
    agreement.compare(name, parleyTold(handshake), told, tolerate)
    return { ...each, theirs: told ?? { records: [], messages: [] } }
  })
  return { agreement, legs }
}

/** The messages of a leg in order, as `> 1` and `< alert`. */
export const messageTitles = ({ messages }: Handshake): string[] =>
  messages.map(
    ({ direction, contentType, type }) =>
      `${direction === 'to-server' ? '>' : '<'} ${titleOf(contentType, type).replace('handshake ', '')}`,
  )
