import { copyOf } from '../../bytes.ts'
import type { Direction } from '../../direction.ts'
import type { Negotiated } from '../handshake.ts'
import { stepKeys } from '../key-steps.ts'
import { type AssembledMessage, MessageAssembler } from '../message-assembler.ts'
import { negotiatedFrom, type Said } from '../negotiated.ts'
import { Progress } from '../progress.ts'
import { Protection } from '../protection.ts'
import { readAlert, readChangeCipherSpec, readHandshakeMessage } from '../read-message.ts'
import { headerLength, type RawRecord } from '../record-reader.ts'
import { tls11 } from '../registry/versions.ts'
import { readSslv2Hello } from '../sslv2-hello.ts'
import { Transcript } from '../transcript.ts'
import type { MessageValue } from '../values.ts'
import { RecordCutter } from './record-cutter.ts'

/** What opens sessions: lines of an NSS key log. */
export interface SessionKeys {
  linesFor(clientRandom: Uint8Array): readonly string[]
  /** `RSA` lines, by the encrypted pre-master secret. */
  linesForPreMaster(encrypted: Uint8Array): readonly string[]
}

/** Whom a session tells what passes. Bytes may be views, good until the call returns. */
export interface SessionSink {
  /** A record, in the order of its direction; `kept` where what is in it is more than application data. */
  record(record: RawRecord, kept: boolean): void
  /** Key log lines that belong to the session. */
  keys(lines: readonly string[]): void
  hello(serverName: string | undefined): void
  /** The handshake has come to its end; what was agreed so far as its messages could be read. */
  secured(at: number, negotiated: Negotiated): void
  content(direction: Direction, at: number, bytes: Uint8Array): void
  /** So much content passed that was not captured; an estimate where padding hides it. */
  missing(direction: Direction, at: number, length: number): void
  alert(direction: Direction, at: number): void
}

const [handshake, alert, applicationData] = [22, 21, 23] as const
const mostHeld = 64 // records that wait for what they answer
const mostSaid = 256 // a handshake has a dozen messages
const mostClosed = 64 * 1024 // bytes kept whole of a direction that cannot be opened: longer than any handshake
const hidesNothing = 64 // an encrypted record up to so long may be an alert, a ticket or a key update
const mostWaiting = 4 * 1024 * 1024 // bytes of content before the handshake has ended: early data, False Start

interface Waiting {
  readonly direction: Direction
  readonly at: number
  readonly bytes: Uint8Array
}

/**
 * One TLS session read as it passes, and opened where its keys are known: SSL 3.0 to TLS 1.3. What `dissect` tells of a
 * whole recording this tells at once, and keeps nothing of what is over. Never throws on the bytes.
 */
export class SessionOpener {
  readonly #sink: SessionSink
  readonly #keys: SessionKeys
  readonly #cutters: Readonly<Record<Direction, RecordCutter>>
  readonly #lines: string[] = []
  readonly #progress = new Progress()
  readonly #protection = new Protection(this.#lines)
  readonly #transcript = new Transcript()
  readonly #assemblers = { 'to-server': new MessageAssembler(), 'to-client': new MessageAssembler() }
  readonly #said: Said[] = []
  readonly #closedBytes = { 'to-server': 0, 'to-client': 0 }
  /** Bytes of records that are missing, and of which it is not known how many they were. */
  readonly #lost = { 'to-server': 0, 'to-client': 0 }
  /** What was told of them before that is known. */
  readonly #guessed = { 'to-server': 0, 'to-client': 0 }
  #lostAt = 0
  readonly #before: Partial<Record<Direction, RawRecord | undefined>> = {}
  #held: RawRecord[] = []
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #secured = false

  constructor(
    keys: SessionKeys,
    startsAt: { readonly toServer: number; readonly toClient: number },
    sink: SessionSink,
  ) {
    this.#keys = keys
    this.#sink = sink
    const cutter = (direction: Direction, offset: number): RecordCutter =>
      new RecordCutter(direction, offset, {
        record: record => this.#arrived(record),
        lost: (at, _offset, length) => {
          this.#lost[direction] += length
          this.#lostAt = at
        },
      })
    this.#cutters = {
      'to-server': cutter('to-server', startsAt.toServer),
      'to-client': cutter('to-client', startsAt.toClient),
    }
  }

  push(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#cutters[direction].push(at, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#cutters[direction].gap(at, length)
  }

  /** Nothing follows. */
  end(): void {
    this.#release()
    this.#tellWaiting()
    for (const before of Object.values(this.#before)) if (before) this.#sink.record(before, false)
  }

  /** The directions of a capture may be out of step: a record waits for what it answers, while the handshake goes on. */
  #arrived(record: RawRecord): void {
    if (this.#held.length === 0 && !this.#mustWait(record)) return this.#take(record)
    this.#held.push(record.fragment ? { ...record, fragment: copyOf(record.fragment) } : record)
    if (this.#held.length > mostHeld) return this.#release()
    for (let next = this.#nextHeld(); next >= 0; next = this.#nextHeld()) this.#take(this.#held.splice(next, 1)[0]!)
  }

  /** The first held record of a direction that may go on. */
  #nextHeld(): number {
    for (const direction of ['to-server', 'to-client'] as const) {
      const first = this.#held.findIndex(record => record.direction === direction)
      if (first >= 0 && !this.#mustWait(this.#held[first]!)) return first
    }
    return -1
  }

  #mustWait({ direction, type }: RawRecord): boolean {
    const { clientHello, serverHello, established, clientHellos } = this.#progress
    if (established) return false
    if (direction === 'to-client') return !clientHello && type !== alert
    if (!clientHello || serverHello || type === handshake || type === alert) return false
    return type === applicationData && !clientHellos.some(hello => hello.earlyData)
  }

  #release(): void {
    for (const record of this.#held.splice(0)) this.#take(record)
  }

  #take(record: RawRecord): void {
    const { direction, at, type, sslv2Hello } = record
    if (sslv2Hello) return this.#sslv2Hello(record, sslv2Hello)
    const { content, closed, skipped = 0 } = this.#protection.open(record)
    if (this.#lost[direction] > 0) this.#tellLost(record, skipped)
    this.#tellRecord(record, content ? content.type !== applicationData : this.#keepsClosed(record, closed))
    if (!content) {
      if (type === applicationData && !record.fragment)
        this.#missing(direction, at, this.#protection.contentLength(record))
      return this.#closedRecord(record)
    }
    if (content.type === applicationData) return this.#content(direction, at, content.content)
    const bytes = copyOf(content.content)
    const piece = { type: content.type, bytes, at, record: 0, encrypted: false }
    for (const message of this.#assemblers[direction].push(piece)) this.#message(message, direction)
  }

  #sslv2Hello(record: RawRecord, hello: Uint8Array): void {
    this.#sink.record(record, true)
    const { name, value } = readSslv2Hello(hello)
    this.#see({ name, value, direction: record.direction }, hello.subarray(2)) // the hash leaves the length out
  }

  /** Where a record's last block is the next one's IV, what is kept can be opened again only with the one before. */
  #tellRecord(record: RawRecord, kept: boolean): void {
    const { direction, fragment } = record
    const chains = this.#protection.algorithm?.kind === 'cbc' && (this.#progress.version ?? tls11) < tls11
    if (!chains) return this.#sink.record(record, kept)
    const before = this.#before[direction]
    if (before) this.#sink.record(before, kept)
    this.#before[direction] = kept ? undefined : { ...record, ...(fragment && { fragment: copyOf(fragment) }) }
    if (kept) this.#sink.record(record, true)
  }

  /** Each of the missing records had a header, and what its cipher adds. */
  #tellLost(record: RawRecord, skipped: number): void {
    const { direction } = record
    const around = headerLength + record.length - this.#protection.contentLength(record)
    this.#missing(direction, this.#lostAt, this.#lost[direction] - skipped * around - this.#guessed[direction])
    this.#lost[direction] = 0
    this.#guessed[direction] = 0
  }

  /** What is said in the other direction may answer what is missing here, which comes first: as one record, until more is known. */
  #guessLost(direction: Direction, at: number): void {
    const length = this.#cutters[direction].lost
    if (length === 0 || this.#guessed[direction] > 0) return
    const record = { direction, at, offset: 0, type: applicationData, version: 0, length }
    this.#guessed[direction] = Math.max(1, this.#protection.contentLength(record) - headerLength)
    this.#missing(direction, at, this.#guessed[direction])
  }

  /** Where the keys are not known, nobody gets the rest either. */
  #missing(direction: Direction, at: number, length: number): void {
    if (this.#secured && length > 0) this.#sink.missing(direction, at, length)
  }

  /** What cannot be opened may be part of the handshake. */
  #keepsClosed({ direction, length, fragment }: RawRecord, closed: string | undefined): boolean {
    if (!fragment || closed === undefined) return false
    this.#closedBytes[direction] += length
    return length <= hidesNothing || this.#closedBytes[direction] <= mostClosed
  }

  /** RFC 5246 7.4.9: the first handshake record under new keys is the Finished, readable or not. */
  #closedRecord({ type, direction }: RawRecord): void {
    if (type === handshake && !this.#progress.tls13) this.#progress.finish(direction)
  }

  #message({ bytes, contentType, at }: AssembledMessage, direction: Direction): void {
    const { version, serverHello, retry } = this.#progress
    const suite = (serverHello ?? retry)?.cipherSuite
    const known = { ...(version !== undefined && { version }), ...(suite !== undefined && { cipherSuite: suite }) }
    const { name, value } =
      contentType === handshake
        ? readHandshakeMessage(bytes, { ...known, direction }, false)
        : contentType === alert
          ? readAlert(bytes)
          : readChangeCipherSpec(bytes)
    if (name === 'alert') this.#sink.alert(direction, at)
    this.#see({ name, value, direction }, contentType === handshake ? bytes : undefined)
    if (this.#progress.established && !this.#secured) this.#secure(at)
  }

  /** `hashed` are the bytes of a handshake message. */
  #see(said: Said, hashed: Uint8Array | undefined): void {
    const { value, direction } = said
    const progress = this.#progress
    const finishesAgain = progress.over && value.name === 'finished'
    if (progress.startsOver(value)) {
      progress.startOver()
      this.#transcript.clear()
    }
    if (!this.#secured && this.#said.length < mostSaid) this.#said.push(said)
    if (hashed && !progress.tls13 && !progress.over && value.name !== 'hello_request') this.#transcript.add(hashed)
    this.#findKeys(value)
    progress.see(value, direction)
    const hash = progress.over ? undefined : (name: string): Uint8Array => this.#transcript.hash(name)
    if (!finishesAgain) stepKeys(value, direction, this.#protection, progress, hash)
    if (progress.over) this.#transcript.clear()
  }

  #findKeys(value: MessageValue): void {
    if (value.name === 'client_hello') {
      this.#learn(this.#keys.linesFor(value.hello.random))
      this.#sink.hello(value.hello.serverName)
    } else if (value.name === 'client_key_exchange' && value.encryptedPreMaster)
      this.#learn(this.#keys.linesForPreMaster(value.encryptedPreMaster))
  }

  #learn(lines: readonly string[]): void {
    const fresh = lines.filter(line => !this.#lines.includes(line))
    if (fresh.length === 0) return
    this.#lines.push(...fresh)
    this.#sink.keys(fresh)
  }

  #secure(at: number): void {
    this.#secured = true
    this.#sink.secured(at, negotiatedFrom(this.#said, this.#progress))
    this.#said.length = 0
    this.#tellWaiting()
  }

  /** Content may come before the handshake has ended; what it is of shows at its end. */
  #content(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#guessLost(direction === 'to-server' ? 'to-client' : 'to-server', at)
    if (bytes.length === 0) return // TLS 1.0 sends empty records, so that nobody knows the next IV
    if (this.#secured) return this.#sink.content(direction, at, bytes)
    this.#waiting.push({ direction, at, bytes })
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > mostWaiting) this.#secure(at)
  }

  #tellWaiting(): void {
    if (this.#waiting.length > 0 && !this.#secured) return this.#secure(this.#waiting[0]!.at)
    for (const { direction, at, bytes } of this.#waiting.splice(0)) this.#sink.content(direction, at, bytes)
    this.#waitingBytes = 0
  }
}
