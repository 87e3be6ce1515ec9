import type { Direction } from '../../wire/direction.ts'
import type { Handshake, TlsRecord } from '../../wire/tls/handshake.ts'

const headerBytes = 5

/** Relative TCP numbers of the records of a message: SYN took 0, so the first byte is 1. */
export interface SequenceRange {
  readonly sequence: number
  readonly length: number
  /** The number that the other side sends once it has them all. */
  readonly acknowledgedBy: number
  /** What the sender had got from the other side by then. */
  readonly acknowledges: number
}

/** The end of a direction: a FIN takes a sequence number of its own, like SYN (RFC 9293 3.4). */
export interface Fin {
  readonly direction: Direction
  /** ms since the epoch */
  readonly at: number
}

/** By the index of the message; undefined for one whose records are not known. One pass over the records. */
export function sequencesOf({ messages, records }: Handshake, fin?: Fin): (SequenceRange | undefined)[] {
  const acknowledged = acknowledgements(records, fin)
  return messages.map(message => {
    const first = message.records[0]
    const last = records[message.records.at(-1) ?? -1]
    const start = first === undefined ? undefined : records[first]
    if (first === undefined || !start || !last) return undefined
    const end = endOf(last)
    return {
      sequence: start.offset + 1,
      length: end - start.offset,
      acknowledgedBy: end + 1,
      acknowledges: acknowledged[first]!,
    }
  })
}

/** `Seq=1 Len=517 Ack=1`, as packet analysers write it. */
export const showSequence = ({ sequence, length, acknowledges }: SequenceRange): string =>
  `Seq=${sequence} Len=${length} Ack=${acknowledges}`

const endOf = (record: TlsRecord): number => record.offset + headerBytes + record.length

const otherWay = (direction: Direction): Direction => (direction === 'to-server' ? 'to-client' : 'to-server')

/** For every record the number that its sender acknowledges with it. */
function acknowledgements(records: readonly TlsRecord[], fin?: Fin): number[] {
  // What came before the first record, CONNECT and its answer, came before TLS.
  const before = (direction: Direction) => records.find(record => record.direction === direction)?.offset ?? 0
  const received = { 'to-server': before('to-server'), 'to-client': before('to-client') }
  return records.map(record => {
    received[record.direction] = endOf(record)
    const afterFin = fin && fin.direction !== record.direction && record.at > fin.at ? 1 : 0
    return received[otherWay(record.direction)] + 1 + afterFin
  })
}
