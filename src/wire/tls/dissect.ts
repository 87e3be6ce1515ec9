import type { Direction } from '../direction.ts'
import { inOrderOfArrival } from './arrival-order.ts'
import type { LegCapture } from './capture.ts'
import { checksOf } from './checks/message-checks.ts'
import { readableCredentialIn } from './delegated-credential.ts'
import type { DissectOptions } from './dissect-options.ts'
import type { Handshake, HandshakeMessage, TlsRecord } from './handshake.ts'
import { stepKeys } from './key-steps.ts'
import { type AssembledMessage, MessageAssembler } from './message-assembler.ts'
import { negotiatedFrom } from './negotiated.ts'
import { outcomeOf } from './outcome.ts'
import { Progress } from './progress.ts'
import { Protection } from './protection.ts'
import { type ReadMessage, readAlert, readChangeCipherSpec, readHandshakeMessage } from './read-message.ts'
import { type RawRecord, readRecords } from './record-reader.ts'
import { remarksOn } from './remarks.ts'
import { readSslv2Hello } from './sslv2-hello.ts'
import { Transcript } from './transcript.ts'
import type { MessageValue } from './values.ts'

/**
 * Everything that can be told of one leg's TLS from its bytes and keys: records, messages, checks, keys. Pure, and
 * linear in the bytes; never throws. Without keys the part in clear is told all the same.
 */
export function dissect(capture: LegCapture, options: DissectOptions = {}): Handshake {
  const toServer = readRecords(capture, 'to-server')
  const toClient = readRecords(capture, 'to-client')
  const walk = new Walk(capture.keyLog, [...toServer.problems, ...toClient.problems], options)
  for (const record of inOrderOfArrival(toServer.records, toClient.records, () => walk.progress.turn()))
    walk.take(record)
  walk.end()
  const { records, messages, progress } = walk
  const { clientHello, serverHello } = progress
  const told = {
    records,
    messages,
    outcome: outcomeOf(records, messages, progress, { notTls: toServer.notTls ?? toClient.notTls, over: capture.over }),
    ...(clientHello && { clientHello }),
    ...(serverHello && { serverHello }),
    negotiated: negotiatedFrom(messages, progress),
    serverCertificates: walk.certificates['to-client'],
    clientCertificates: walk.certificates['to-server'],
    keys: walk.protection.keys,
    problems: walk.problems,
    holes: [...toServer.holes, ...toClient.holes],
  }
  return { ...told, remarks: remarksOn(told, progress, walk.contentLengths) }
}

const handshake = 22
const alert = 21
const applicationData = 23
const mostMessages = 10_000 // a connection has tens; whole captures of nothing but empty messages must stay cheap
const mostProblems = 50
const mostStapled = 16 // a response for every certificate of a chain

/** One pass over the records of a connection. */
const covering: ReadonlySet<MessageValue['name']> = new Set([
  ...(['client_hello', 'client_key_exchange', 'certificate_verify', 'finished'] as const),
])
const mostProofs = 16 // twice what a handshake with a retry has

class Walk {
  readonly records: TlsRecord[] = []
  readonly messages: HandshakeMessage[] = []
  readonly problems: string[]
  readonly progress = new Progress()
  readonly protection: Protection
  readonly certificates: Record<Direction, readonly Uint8Array[]> = { 'to-server': [], 'to-client': [] }
  readonly #delegatedKeys: Partial<Record<Direction, Uint8Array | undefined>> = {}
  /** Bytes in clear of each opened record, by its index. */
  readonly contentLengths: (number | undefined)[] = []
  readonly #transcript = new Transcript()
  readonly #assemblers = { 'to-server': new MessageAssembler(), 'to-client': new MessageAssembler() }
  readonly #closed = new Set<string>()
  /** Messages that cover the handshake so far: to hash it for each of a thousand would take as many times as long. */
  #proofs = 0
  /** OCSP responses that were verified: each costs a signature. */
  #stapled = 0
  /** A handshake message may be missing from the transcript. */
  #incomplete = false
  readonly #wanted: Required<Pick<DissectOptions, 'checks' | 'fields'>>
  readonly #content: DissectOptions['content']
  readonly #sealed: DissectOptions['sealed']

  constructor(
    keyLog: readonly string[],
    problems: readonly string[],
    { checks = true, fields = true, content, sealed }: DissectOptions,
  ) {
    this.#wanted = { checks, fields }
    this.#content = content
    this.#sealed = sealed
    this.protection = new Protection(keyLog)
    this.problems = problems.slice(0, mostProblems)
  }

  take(raw: RawRecord): void {
    const { fragment, sslv2Hello, afterHole, ...header } = raw
    const record = fragment || sslv2Hello ? header : { ...header, headerOnly: true as const }
    if (afterHole) this.#missed(raw.direction)
    if (sslv2Hello) {
      const index = this.records.push({ ...record, encrypted: false, opened: true }) - 1
      this.contentLengths.push(undefined)
      const { at, direction } = raw
      const whole = { contentType: handshake, bytes: sslv2Hello, at, records: [index], encrypted: false }
      this.#tell(whole, direction, readSslv2Hello(sslv2Hello), sslv2Hello.subarray(2)) // the hash leaves the length out
      return
    }
    const { encrypted, content, closed, early, under } = this.protection.open(raw)
    if (encrypted) this.#sealed?.(raw, content, under)
    const { tls13, version } = this.progress
    const early13 = version === undefined // what is opened before the ServerHello is early data
    const inner = encrypted && content && (tls13 || early13) ? { innerType: content.type } : {}
    const index = this.records.push({ ...record, encrypted, opened: content !== undefined, ...inner }) - 1
    this.contentLengths.push(content?.content.length)
    if (!content) {
      // In TLS 1.3 any of them may be a handshake message; before, the type is in clear.
      if (!early && (tls13 || raw.type === handshake)) this.#missed(raw.direction)
      if (fragment && closed) this.#closedRecord(raw, closed)
      return
    }
    const { type, content: bytes } = content
    if (type === applicationData) this.#content?.(raw.direction, raw.at, bytes)
    const assembler = this.#assemblers[raw.direction]
    for (const message of assembler.push({ type, bytes, at: raw.at, record: index, encrypted }))
      this.#message(message, raw.direction)
    const problem = assembler.takeProblem()
    if (problem) {
      this.#missed(raw.direction)
      this.#problem(raw, problem)
    }
  }

  end(): void {
    for (const direction of ['to-server', 'to-client'] as const) {
      const unfinished = this.#assemblers[direction].unfinished()
      if (unfinished && this.problems.length < mostProblems) this.problems.push(`${direction}: ${unfinished}`)
    }
  }

  #message(assembled: AssembledMessage, direction: Direction): void {
    if (this.messages.length >= mostMessages) {
      if (this.messages.length === mostMessages) this.#once(`more than ${mostMessages} messages; the rest is not told`)
      return
    }
    const { bytes, contentType } = assembled
    const { version, serverHello, retry } = this.progress
    const suite = (serverHello ?? retry)?.cipherSuite
    const known = { ...(version !== undefined && { version }), ...(suite !== undefined && { cipherSuite: suite }) }
    const read =
      contentType === handshake
        ? readHandshakeMessage(bytes, { ...known, direction }, this.#wanted.fields)
        : contentType === alert
          ? readAlert(bytes)
          : readChangeCipherSpec(bytes)
    this.#tell(assembled, direction, read, bytes)
  }

  /** Takes a decoded message in; `hashed` are its bytes as the handshake hash covers them. */
  #tell(assembled: AssembledMessage, direction: Direction, read: ReadMessage, hashed: Uint8Array): void {
    const { bytes, contentType } = assembled
    const { value } = read
    const { tls13, over } = this.progress
    const finishesAgain = over && value.name === 'finished' // post-handshake authentication leaves the keys alone
    if (this.progress.startsOver(value)) {
      this.progress.startOver()
      this.#transcript.clear()
      this.#incomplete = false
      this.#proofs = 0
    }
    if (covering.has(value.name)) this.#proofs++
    if (value.name === 'finished' && direction === 'to-server' && tls13 && !over) this.#assumeEndOfEarlyData()
    this.messages.push({
      direction,
      at: assembled.at,
      contentType,
      ...(contentType === handshake && { type: read.type }),
      name: read.name,
      length: contentType === handshake ? bytes.length - 4 : bytes.length,
      encrypted: assembled.encrypted,
      records: assembled.records,
      bytes,
      fields: read.fields,
      value,
      checks: this.#wanted.checks ? this.#checks(value, direction, hashed, assembled.at) : [],
      ...(read.malformed !== undefined && { malformed: read.malformed }),
    })
    if (contentType === handshake) this.#addToTranscript(value, hashed, direction)
    this.progress.see(value, direction)
    if (!finishesAgain) this.#switchKeys(value, direction)
  }

  #checks(value: MessageValue, direction: Direction, message: Uint8Array, at: number) {
    const { clientHello, serverHello, over, tls13, finished } = this.progress
    const { protection } = this
    return checksOf(value, {
      direction,
      at,
      tls13,
      // A second Finished is checked no more: each check hashes the transcript anew.
      over: over || finished[direction],
      tooMany: this.#proofs > mostProofs,
      transcript: this.#transcript,
      message,
      incomplete: this.#incomplete || !this.progress.coversAll(direction),
      prfHash: protection.algorithm?.prfHash,
      clientRandom: clientHello?.random,
      serverRandom: serverHello?.random,
      certificates: this.certificates[direction],
      delegatedKey: this.#delegatedKeys[direction],
      finishedKey: protection.finishedKey(direction),
      mayVerifyStapled: () => this.#stapled++ < mostStapled,
      binderKey: (ticket, hash) => protection.binderKey(ticket, hash),
      master: protection.master,
      missing: protection.why(direction),
    })
  }

  #missed(direction: Direction): void {
    if (!this.progress.finished[direction]) this.#incomplete = true
  }

  /** An EndOfEarlyData that stayed closed is still in the handshake hash, and its bytes are fixed (RFC 8446 4.5). */
  #assumeEndOfEarlyData(): void {
    const answer = this.messages.find(message => message.name === 'encrypted_extensions')?.value
    const accepted = answer?.name === 'encrypted_extensions' && answer.extensions.earlyData
    if (!accepted || this.messages.some(message => message.name === 'end_of_early_data')) return
    this.#transcript.add(Uint8Array.of(5, 0, 0, 0))
  }

  /**
   * HelloRequest is no part of the handshake hash (RFC 5246 7.4.1.1), nor is what follows the handshake. In TLS 1.3
   * that is all behind the sender's Finished: tickets may come before the client's (RFC 8446 4.4.1, 4.6.1).
   */
  #addToTranscript(value: MessageValue, bytes: Uint8Array, direction: Direction): void {
    const { over, tls13, finished } = this.progress
    if (over || (tls13 && finished[direction]) || value.name === 'hello_request' || value.name === 'key_update') return
    if (value.name === 'hello_retry_request' && !this.progress.retry) {
      const hash = this.protection.hashOf(value.hello.cipherSuite)
      if (hash) this.#transcript.retry(hash)
    }
    this.#transcript.add(bytes)
  }

  #switchKeys(value: MessageValue, direction: Direction): void {
    const { protection, progress } = this
    if ((value.name === 'certificate' || value.name === 'compressed_certificate') && value.certificate) {
      this.certificates[direction] = value.certificate.certificates
      this.#delegatedKeys[direction] = readableCredentialIn(value.certificate)?.spki
    }
    const mayHash = !progress.over && this.#proofs <= mostProofs
    const hash = (name: string): Uint8Array => this.#transcript.hash(name)
    stepKeys(value, direction, protection, progress, mayHash ? hash : undefined)
  }

  #closedRecord(raw: RawRecord, why: string): void {
    // The first handshake record under new keys is the Finished (RFC 5246 7.4.9), readable or not.
    if (raw.type === handshake && !this.progress.tls13) this.progress.finish(raw.direction)
    const sentence = `an encrypted record of type ${raw.type} stays closed: ${why}`
    if (this.#closed.has(raw.direction + why)) return
    this.#closed.add(raw.direction + why)
    this.#problem(raw, sentence)
  }

  #problem({ direction, offset }: RawRecord, sentence: string): void {
    if (this.problems.length < mostProblems) this.problems.push(`${direction} byte ${offset}: ${sentence}`)
  }

  #once(sentence: string): void {
    if (!this.problems.includes(sentence)) this.problems.push(sentence)
  }
}
