import { u16 } from '../../wire/bytes.ts'
import { MessageAssembler } from '../../wire/tls/message-assembler.ts'
import type { RawRecord } from '../../wire/tls/record-reader.ts'

const [alert, handshake] = [21, 22]
const certificateRequest = 13
const headerLength = 5

/** Whether a server asked for a client certificate in its first flight, where that was sent in clear. */
export function asksForCertificate(flight: Uint8Array): boolean {
  const assembler = new MessageAssembler()
  for (const { type, fragment } of recordsIn(flight)) {
    if (type !== handshake) return false
    const messages = assembler.push({ type, bytes: fragment!, at: 0, record: 0, encrypted: false })
    if (messages.some(({ bytes }) => bytes[0] === certificateRequest)) return true
  }
  return false
}

/** The description of an alert in clear that a server sent last; undefined where it sent none. */
export function lastAlert(flight: Uint8Array): number | undefined {
  const last = [...recordsIn(flight)].at(-1)
  return last?.type === alert && last.length === 2 ? last.fragment![1] : undefined
}

/** The whole records of what a server sent, as it came. */
export function* recordsIn(flight: Uint8Array): Generator<RawRecord> {
  for (let at = 0; at + headerLength <= flight.length; ) {
    const length = u16(flight, at + 3)
    const end = at + headerLength + length
    if (end > flight.length) return
    const fragment = flight.subarray(at + headerLength, end)
    yield {
      direction: 'to-client',
      at: 0,
      offset: at,
      type: flight[at]!,
      version: u16(flight, at + 1),
      length,
      fragment,
    }
    at = end
  }
}
