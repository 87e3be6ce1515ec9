import type { Direction } from '../direction.ts'
import { inOrderOfArrival } from './arrival-order.ts'
import type { LegCapture } from './capture.ts'
import type { Handshake } from './handshake.ts'
import { inClear, maybeInClear } from './in-clear.ts'
import { MessageAssembler } from './message-assembler.ts'
import { negotiatedFrom, type Said } from './negotiated.ts'
import { Progress } from './progress.ts'
import { readChangeCipherSpec, readHandshakeMessage } from './read-message.ts'
import { type RawRecord, readRecords } from './record-reader.ts'
import { readSslv2Hello } from './sslv2-hello.ts'

/** What a handshake says before anything is encrypted, in the words of a whole one. */
export interface Hellos extends Pick<Handshake, 'clientHello' | 'serverHello' | 'negotiated'> {
  /** Nothing that follows changes it: what was chosen is settled, and the server goes on encrypted. */
  readonly complete: boolean
}

/**
 * Reads the hellos of a leg, and up to TLS 1.2 what else settles the choice. A twentieth of the time of dissect(), of
 * which it needs no keys and only the begin of the bytes; the values are the same. Never throws.
 */
export function readHellos(capture: LegCapture): Hellos {
  const reading = new Reading()
  const [toServer, toClient] = [readRecords(capture, 'to-server').records, readRecords(capture, 'to-client').records]
  for (const record of inOrderOfArrival(toServer, toClient, () => reading.progress.turn())) {
    reading.take(record)
    if (reading.complete) break
  }
  const { progress, said, complete } = reading
  const { clientHello, serverHello } = progress
  const negotiated = negotiatedFrom(said, progress)
  return { ...(clientHello && { clientHello }), ...(serverHello && { serverHello }), negotiated, complete }
}

const changeCipherSpec = 20
const handshake = 22
/** client_hello, server_hello, hello_retry_request, server_key_exchange, server_hello_done */
const telling: ReadonlySet<number> = new Set([1, 2, 6, 12, 14])

class Reading {
  readonly progress = new Progress()
  readonly said: Said[] = []
  readonly #assemblers = { 'to-server': new MessageAssembler(), 'to-client': new MessageAssembler() }
  /** TLS 1.0 to 1.2: whose ChangeCipherSpec was seen. */
  readonly #sealed: Record<Direction, boolean> = { 'to-server': false, 'to-client': false }

  get complete(): boolean {
    const { clientHello, serverHello, tls13 } = this.progress
    return clientHello !== undefined && serverHello !== undefined && (tls13 || this.#sealed['to-client'])
  }

  take(record: RawRecord): void {
    const { direction, type, fragment, sslv2Hello, at } = record
    if (sslv2Hello) this.#see(readSslv2Hello(sslv2Hello), direction)
    if (!fragment || !this.#isClear(record)) return
    const content = { type, bytes: fragment, at, record: 0, encrypted: false }
    for (const { contentType, bytes } of this.#assemblers[direction].push(content)) {
      if (contentType === changeCipherSpec) this.#seal(readChangeCipherSpec(bytes), direction)
      else if (contentType === handshake && telling.has(bytes[0]!))
        this.#see(readHandshakeMessage(bytes, { direction, ...this.#agreed() }, false), direction)
    }
  }

  /** As Protection has it. */
  #isClear(record: RawRecord): boolean {
    const { serverHello, tls13 } = this.progress
    return !this.#sealed[record.direction] || (tls13 && inClear(record)) || (!serverHello && maybeInClear(record))
  }

  #seal({ value }: Pick<Said, 'value'>, direction: Direction): void {
    if (value.name !== 'change_cipher_spec' || this.progress.tls13) return
    this.#sealed[direction] = true
    this.progress.see(value, direction)
  }

  #agreed(): { readonly version?: number; readonly cipherSuite?: number } {
    const { version, serverHello, retry } = this.progress
    const cipherSuite = (serverHello ?? retry)?.cipherSuite
    return { ...(version !== undefined && { version }), ...(cipherSuite !== undefined && { cipherSuite }) }
  }

  #see({ name, value }: Pick<Said, 'name' | 'value'>, direction: Direction): void {
    if (this.progress.startsOver(value)) this.progress.startOver()
    this.said.push({ name, value, direction })
    this.progress.see(value, direction)
  }
}
