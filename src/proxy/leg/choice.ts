import { trafficKeys } from '../../wire/tls/keys.ts'
import { MessageAssembler } from '../../wire/tls/message-assembler.ts'
import { readHandshakeMessage } from '../../wire/tls/read-message.ts'
import { recordAlgorithm } from '../../wire/tls/record-algorithm.ts'
import { RecordCipher } from '../../wire/tls/record-cipher.ts'
import type { RawRecord } from '../../wire/tls/record-reader.ts'
import { cipherSuiteFacts } from '../../wire/tls/registry/cipher-suite-facts.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { MessageValue } from '../../wire/tls/values.ts'
import { recordsIn } from './flight.ts'

/** What a server chose of an offer, in numbers of the registries. */
export interface Choice {
  readonly version: number
  readonly cipherSuite: number
  /** Absent where no group is in it, or none with a number. */
  readonly group?: number
  /** Absent where nothing was signed, and before TLS 1.2. */
  readonly signatureAlgorithm?: number
}

const [changeCipherSpec, handshake, applicationData] = [20, 22, 23]
const telling = new Set([2, 12, 15]) // server_hello, server_key_exchange, certificate_verify

/**
 * Reads a server's first flight, as it came. `secret` is TLS 1.3's server_handshake_traffic_secret: without it the
 * signature algorithm stays hidden. Undefined where no ServerHello can be read.
 */
export function readChoice(flight: Uint8Array, secret: Uint8Array | undefined): Choice | undefined {
  const reading = new FlightReading(secret)
  for (const record of recordsIn(flight)) if (!reading.push(record)) break
  return reading.choice
}

class FlightReading {
  choice: Choice | undefined
  readonly #secret: Uint8Array | undefined
  readonly #clear = new MessageAssembler()
  readonly #sealed = new MessageAssembler()
  #cipher: RecordCipher | undefined

  constructor(secret: Uint8Array | undefined) {
    this.#secret = secret
  }

  /** False where what follows tells nothing more. */
  push(record: RawRecord): boolean {
    if (record.type === handshake) return this.#read(this.#clear, record.fragment!)
    if (record.type === changeCipherSpec) return !this.choice || this.choice.version === tls13 // RFC 8446 D.4
    if (record.type !== applicationData || !this.choice || !this.#secret) return false
    this.#cipher ??= cipherOf(this.choice, this.#secret)
    const opened = this.#cipher?.open(record)
    return typeof opened === 'object' && opened.type === handshake && this.#read(this.#sealed, opened.content)
  }

  #read(assembler: MessageAssembler, bytes: Uint8Array): boolean {
    for (const message of assembler.push({ type: handshake, bytes, at: 0, record: 0, encrypted: false })) {
      if (!telling.has(message.bytes[0]!)) continue
      const context = { direction: 'to-client' as const, ...this.choice }
      this.#take(readHandshakeMessage(message.bytes, context, false).value)
    }
    return this.choice?.signatureAlgorithm === undefined
  }

  #take(value: MessageValue): void {
    if (value.name === 'server_hello') {
      const { selectedVersion, legacyVersion, cipherSuite, keyShare } = value.hello
      const version = selectedVersion ?? legacyVersion
      this.choice = { version, cipherSuite, ...(keyShare && { group: keyShare.group }) }
    } else if (value.name === 'server_key_exchange') this.#add(value.exchange.group, value.exchange.algorithm)
    else if (value.name === 'certificate_verify') this.#add(undefined, value.verify.algorithm)
  }

  #add(group: number | undefined, signatureAlgorithm: number | undefined): void {
    if (!this.choice) return
    this.choice = {
      ...this.choice,
      ...(group !== undefined && { group }),
      ...(signatureAlgorithm !== undefined && { signatureAlgorithm }),
    }
  }
}

function cipherOf({ version, cipherSuite }: Choice, secret: Uint8Array): RecordCipher | undefined {
  const facts = cipherSuiteFacts(cipherSuite)
  if (!facts) return undefined
  const algorithm = recordAlgorithm(facts, version)
  const { keys } = trafficKeys('server_handshake_traffic_secret', secret, algorithm)
  return new RecordCipher(version, algorithm, keys)
}
