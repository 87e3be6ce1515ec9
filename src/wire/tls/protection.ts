import type { Direction } from '../direction.ts'
import type { DerivedKey } from './handshake.ts'
import { inClear, maybeInClear } from './in-clear.ts'
import { type KeyLog, preMasterFor, readKeyLog, ticketKeyFor } from './key-log.ts'
import {
  binderKeys,
  type ConnectionKeys,
  connectionKeys,
  describeMaster,
  masterSecret,
  nextSecret,
  trafficKeys,
  trafficSecrets,
} from './keys.ts'
import { clear, headerOnly, noServerHello, type Reading } from './reading.ts'
import { type RecordAlgorithm, recordAlgorithm } from './record-algorithm.ts'
import { type OpenedRecord, RecordCipher } from './record-cipher.ts'
import type { RawRecord } from './record-reader.ts'
import { cipherSuiteFacts } from './registry/cipher-suite-facts.ts'
import { cipherSuites } from './registry/cipher-suites.ts'
import { nameOf } from './registry/names.ts'
import { isTls13, showVersion, ssl30, tls12, tls13, tls13Draft } from './registry/versions.ts'
import type { ClientHello, ServerHello } from './values.ts'

interface Side {
  /** Whether what comes next is encrypted. */
  sealed: boolean
  cipher?: RecordCipher | undefined
  /** Why there is no cipher. */
  why: string
  /** TLS 1.3: the newest traffic secret. */
  secret?: DerivedKey
  finishedKey?: Uint8Array
}

const applicationData = 23
const mostMissing = 1024 // records in one hole
const extension = { encryptThenMac: 22, extendedMasterSecret: 23 }
const mostLookups = 100 // renegotiations; a flood of hellos must not search a long key log each time

/** The key state of one connection: which keys each direction is under, told by the messages that switch them. */
export class Protection {
  /** In the order of derivation. */
  readonly keys: DerivedKey[] = []
  readonly #lines: readonly string[]
  readonly #sides: Readonly<Record<Direction, Side>> = {
    'to-server': { sealed: false, why: noServerHello },
    'to-client': { sealed: false, why: noServerHello },
  }
  #log: KeyLog = { secrets: new Map() }
  #lookups = 0
  #clientRandom = new Uint8Array(0)
  #serverHello: ServerHello | undefined
  #version = 0
  #algorithm: RecordAlgorithm | undefined
  /** Why no keys can be derived, or ''. */
  #noAlgorithm = noServerHello
  /** Why the derived keys open nothing. */
  #noCipher: string | undefined
  #master: Uint8Array | undefined
  #connection: ConnectionKeys | undefined
  /** 0-RTT: ciphers that the early data may be under; one, once a record was opened. */
  #early: readonly { readonly cipher: RecordCipher; readonly derived: readonly DerivedKey[] }[] = []
  /** Early data was offered, and nothing was opened under the handshake keys yet. */
  #mayBeEarly = false

  constructor(keyLog: readonly string[]) {
    this.#lines = keyLog
  }

  /** The master secret of TLS 1.0 to 1.2, once ChangeCipherSpec needed it. */
  get master(): Uint8Array | undefined {
    return this.#master
  }
  get algorithm(): RecordAlgorithm | undefined {
    return this.#algorithm
  }
  /** The hash that a cipher suite of TLS 1.3 names. */
  hashOf(cipherSuite: number): string | undefined {
    return cipherSuiteFacts(cipherSuite)?.prfHash
  }
  /** Why the keys that a check would need are missing. */
  why(direction: Direction): string {
    return this.#sides[direction].why
  }
  finishedKey(direction: Direction): Uint8Array | undefined {
    return this.#sides[direction].finishedKey
  }

  /** The key of the binder of a ticket, where the ticket's own key is known. */
  binderKey(ticket: Uint8Array, hash: 'sha256' | 'sha384'): Uint8Array | undefined {
    const psk = this.#lookups++ < mostLookups ? ticketKeyFor(this.#lines, ticket) : undefined
    if (!psk) return undefined
    const derived = binderKeys(psk, hash)
    const known = this.keys.some(({ name, value }) => name === 'resumption_psk' && Buffer.from(value).equals(psk))
    if (!known) this.keys.push(...derived) // the second ClientHello after a HelloRetryRequest offers it again
    return derived.at(-1)?.value
  }

  clientHello(hello: ClientHello): void {
    const known = Buffer.from(this.#clientRandom).equals(hello.random)
    this.#clientRandom = Buffer.from(hello.random)
    if (known) return // the second ClientHello after a HelloRetryRequest
    this.#log = this.#lookups++ < mostLookups ? readKeyLog(this.#lines, hello.random) : { secrets: new Map() }
    this.#master = undefined
    this.#connection = undefined
    this.#early = []
    this.#mayBeEarly = hello.earlyData
    if (hello.earlyData) this.#offerEarlyData(hello)
  }

  serverHello(hello: ServerHello, version: number): void {
    this.#serverHello = hello
    this.#version = version
    const facts = cipherSuiteFacts(hello.cipherSuite)
    this.#algorithm = facts && recordAlgorithm(facts, version)
    const name = nameOf(cipherSuites, hello.cipherSuite)
    this.#noAlgorithm = facts ? '' : `the record format of cipher suite ${name} is not known`
    this.#noCipher = this.#algorithm && RecordCipher.unsupported(this.#algorithm)
    if (facts?.kx === 'rsa-export') this.#noAlgorithm = 'the keys of export cipher suites are not derived'
    if (!isTls13(version)) return
    // Until draft 25 the record header was not authenticated, until draft 20 the labels had another prefix.
    if ((tls13Draft(version) ?? 28) < 25) this.#noAlgorithm = `the keys of ${showVersion(version)} are not derived`
    this.#traffic('to-client', 'SERVER_HANDSHAKE_TRAFFIC_SECRET')
    this.#traffic('to-server', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET')
  }

  /** TLS 1.0 to 1.2 with RSA key exchange: the key log may hold the pre-master secret instead of the master secret. */
  preMaster(encrypted: Uint8Array, sessionHash: () => Uint8Array): void {
    const preMaster = this.#lookups++ < mostLookups ? preMasterFor(this.#lines, encrypted) : undefined
    const server = this.#serverHello
    if (!preMaster || !server || !this.#algorithm || this.#log.secrets.has('CLIENT_RANDOM')) return
    const source = preMasterSource(this.#version)
    this.keys.push({ name: 'pre_master_secret', value: preMaster, formula: 'client_version + random[46]', source })
    const randoms = { client: this.#clientRandom, server: server.random }
    const hash = has(server, extension.extendedMasterSecret) ? sessionHash() : undefined
    this.#master = masterSecret(this.#algorithm.prfHash, preMaster, randoms, hash)
  }

  /** TLS 1.0 to 1.2: what this direction sends from here on is under the new keys. */
  changeCipherSpec(direction: Direction, resumed: boolean): void {
    const side = this.#sides[direction]
    if (isTls13(this.#version)) return
    side.sealed = true
    side.cipher = undefined
    if (!this.#serverHello) return
    this.#connection ??= this.#connectionKeys(this.#serverHello, resumed)
    if (!this.#connection || !this.#algorithm) {
      side.why = this.#noAlgorithm || 'no CLIENT_RANDOM line for this client random in the key log'
      return
    }
    if (this.#noCipher !== undefined) {
      side.why = this.#noCipher
      return
    }
    const keys = direction === 'to-server' ? this.#connection.client : this.#connection.server
    const encryptThenMac = has(this.#serverHello, extension.encryptThenMac)
    side.cipher = new RecordCipher(this.#version, this.#algorithm, keys, encryptThenMac)
  }

  /** TLS 1.3: the side that sent its Finished goes on under its application keys. */
  finished(direction: Direction): void {
    if (!isTls13(this.#version)) return
    if (direction === 'to-server') this.endOfEarlyData()
    this.#traffic(direction, direction === 'to-server' ? 'CLIENT_TRAFFIC_SECRET_0' : 'SERVER_TRAFFIC_SECRET_0')
    const exporter = this.#log.secrets.get('EXPORTER_SECRET')
    if (direction === 'to-client' && exporter) this.#secret('EXPORTER_SECRET', exporter)
  }

  /** The client's next record is under its handshake keys (RFC 8446 4.5). */
  endOfEarlyData(): void {
    this.#early = []
    this.#mayBeEarly = false
  }

  /** TLS 1.3 (RFC 8446 7.2): this direction goes on under the next generation of keys. */
  keyUpdate(direction: Direction): void {
    const side = this.#sides[direction]
    if (!side.secret || !this.#algorithm || !isTls13(this.#version)) return
    const next = nextSecret(side.secret.name, side.secret.value, this.#algorithm)
    this.keys.push(next)
    this.#install(side, next, this.#algorithm)
  }

  /** Opens a record under the keys of its direction, and counts it where it stays closed. */
  open(record: RawRecord): Reading {
    const side = this.#sides[record.direction]
    const early = this.#mayBeEarly && record.type === applicationData && record.direction === 'to-server'
    if (!side.sealed && !early) return clear(record, record.type === applicationData)
    const tls13 = isTls13(this.#version)
    if ((tls13 && inClear(record)) || (!this.#serverHello && maybeInClear(record))) return clear(record, false)
    const opened = early ? this.#openEarly(record) : undefined
    if (opened) return { encrypted: true, content: opened }
    if (!side.cipher)
      return { encrypted: true, closed: record.fragment ? (early ? noEarlyKey : side.why) : headerOnly, early }
    const { cipher } = side
    const content: (OpenedRecord & Pick<Reading, 'skipped'>) | string = record.afterHole
      ? cipher.openBehind(record, mostMissing)
      : cipher.open(record)
    if (typeof content !== 'string') {
      if (early) this.endOfEarlyData()
      const { skipped } = content
      return { encrypted: true, content, under: cipher.seal, ...(skipped !== undefined && { skipped }) }
    }
    if (early) return { encrypted: true, closed: record.fragment ? noEarlyKey : headerOnly, early }
    cipher.skip(record)
    return { encrypted: true, closed: content, under: cipher.seal }
  }

  /** Bytes of content in a record that is not opened; its own length where nothing is known of its cipher. */
  contentLength(record: RawRecord): number {
    const side = this.#sides[record.direction]
    return side.sealed && side.cipher ? side.cipher.contentLength(record) : record.length
  }

  /** Undefined where the record is under no early key: then the server may have refused early data, or it has ended. */
  #openEarly(record: RawRecord): OpenedRecord | undefined {
    for (const candidate of this.#early) {
      const content = candidate.cipher.open(record)
      if (typeof content === 'string') {
        if (!record.fragment) candidate.cipher.skip(record)
        continue
      }
      this.keys.push(...candidate.derived)
      this.#early = [{ cipher: candidate.cipher, derived: [] }]
      return content
    }
    return undefined
  }

  /** The suite of early data is the resumed session's, which no message says: each offered one is a candidate. */
  #offerEarlyData(hello: ClientHello): void {
    const value = this.#log.secrets.get('CLIENT_EARLY_TRAFFIC_SECRET')
    const exporter = this.#log.secrets.get('EARLY_EXPORTER_SECRET')
    if (exporter) this.#secret('EARLY_EXPORTER_SECRET', exporter)
    if (!value) return
    const secret = this.#secret('CLIENT_EARLY_TRAFFIC_SECRET', value)
    const seen = new Set<string>()
    this.#early = hello.cipherSuites.flatMap(suite => {
      const facts = cipherSuiteFacts(suite)
      if (facts?.kx !== 'tls13' || value.length !== (facts.prfHash === 'sha384' ? 48 : 32)) return []
      const algorithm = recordAlgorithm(facts, tls13)
      if (RecordCipher.unsupported(algorithm) !== undefined || seen.has(facts.cipher)) return []
      seen.add(facts.cipher)
      const { keys, derived } = trafficKeys(secret.name, value, algorithm)
      return [{ cipher: new RecordCipher(tls13, algorithm, keys), derived }]
    })
  }

  #traffic(direction: Direction, label: string): void {
    const side = this.#sides[direction]
    side.sealed = true
    side.cipher = undefined
    const value = this.#log.secrets.get(label)
    side.why = this.#noAlgorithm || this.#noCipher || `no ${label} for this client random in the key log`
    if (value) this.#install(side, this.#secret(label, value), this.#algorithm)
  }

  #install(side: Side, secret: DerivedKey, algorithm: RecordAlgorithm | undefined): void {
    if (!algorithm || this.#noAlgorithm) return
    const { keys, finished, derived } = trafficKeys(secret.name, secret.value, algorithm)
    this.keys.push(...derived)
    side.secret = secret
    if (finished.length > 0) side.finishedKey = finished
    if (this.#noCipher === undefined) side.cipher = new RecordCipher(this.#version, algorithm, keys)
  }

  #secret(label: string, value: Uint8Array): DerivedKey {
    const { name, formula } = trafficSecrets[label]!
    const secret: DerivedKey = { name, value, formula, source: 'RFC 8446 7.1' }
    this.keys.push(secret)
    return secret
  }

  #connectionKeys(server: ServerHello, resumed: boolean): ConnectionKeys | undefined {
    this.#master = this.#log.secrets.get('CLIENT_RANDOM') ?? this.#master
    if (!this.#master || !this.#algorithm || this.#noAlgorithm) return undefined
    const extended = has(server, extension.extendedMasterSecret)
    this.keys.push(describeMaster(this.#master, this.#version, extended, resumed))
    const randoms = { client: this.#clientRandom, server: server.random }
    const connection = connectionKeys(this.#version, this.#algorithm, this.#master, randoms)
    this.keys.push(...connection.derived)
    return connection
  }
}

const preMasterSource = (version: number): string =>
  version <= ssl30 ? 'RFC 6101 5.6.7.1' : version < tls12 ? 'RFC 4346 7.4.7.1' : 'RFC 5246 7.4.7.1'
const noEarlyKey = 'no CLIENT_EARLY_TRAFFIC_SECRET in the key log opens this early data'

const has = (hello: ServerHello, type: number): boolean => hello.extensions.some(extension => extension.type === type)
