import { u16 } from '../../src/wire/tls/client/framing.ts'
import type { TlsClient } from '../../src/wire/tls/client/tls-client.ts'
import { expandLabel } from '../../src/wire/tls/hkdf.ts'
import { digest, prf } from '../../src/wire/tls/prf.ts'
import { recordAlgorithm } from '../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../src/wire/tls/registry/cipher-suite-facts.ts'
import type { Flags } from './flags.ts'

/** What a test wants to hear of the secrets of a connection, made from the key log: so that is judged too. */
export class Exporter {
  readonly #secrets = new Map<string, Buffer>()
  #randoms = { client: Buffer.alloc(0), server: Buffer.alloc(0) }

  /** A line of the key log. */
  keyLog(line: string): void {
    const [label = '', , secret = ''] = line.trim().split(' ')
    this.#secrets.set(label, Buffer.from(secret, 'hex'))
  }

  /** RFC 5929 3.1: of the first Finished, whoever sent it */
  #tlsUnique: Uint8Array | undefined

  message(toServer: boolean, bytes: Uint8Array): void {
    if (bytes[0] === 20) this.#tlsUnique ??= Buffer.from(bytes.subarray(4))
    const random = Buffer.from(bytes.subarray(6, 38))
    if (toServer && bytes[0] === 1) this.#randoms = { ...this.#randoms, client: random }
    if (!toServer && bytes[0] === 2) this.#randoms = { ...this.#randoms, server: random }
  }

  /** What is sent before anything else where the flags ask for it. */
  asked(flags: Flags, client: TlsClient): Buffer {
    const parts: Uint8Array[] = []
    const length = flags.number('export-keying-material') ?? 0
    if (length > 0) {
      const context = flags.text('export-context') ?? ''
      const given = client.version === 0x0304 || flags.has('use-export-context')
      parts.push(
        this.#exported(client, flags.text('export-label') ?? '', given ? Buffer.from(context) : undefined, length),
      )
    }
    if (flags.has('export-traffic-secrets')) {
      const read = this.#secret('SERVER_TRAFFIC_SECRET_0')
      parts.push(Buffer.of(read.length, 0), read, this.#secret('CLIENT_TRAFFIC_SECRET_0'))
    }
    if (flags.has('tls-unique') && this.#tlsUnique) parts.push(this.#tlsUnique)
    return Buffer.concat(parts)
  }

  /** RFC 8446 7.5; RFC 5705 4 */
  #exported(client: TlsClient, label: string, context: Buffer | undefined, length: number): Uint8Array {
    const hash = recordAlgorithm(cipherSuiteFacts(client.cipherSuite)!, client.version).prfHash
    if (client.version < 0x0304) {
      const { client: ours, server } = this.#randoms
      const seed = Buffer.concat([ours, server, ...(context ? [u16(context.length), context] : [])])
      return prf(hash, this.#secret('CLIENT_RANDOM'), label, seed, length)
    }
    const secret = this.#secret('EXPORTER_SECRET')
    const derived = expandLabel(hash, secret, label, digest(hash, []), secret.length)
    return expandLabel(hash, derived, 'exporter', digest(hash, [context ?? Buffer.alloc(0)]), length)
  }

  #secret(label: string): Buffer {
    const secret = this.#secrets.get(label)
    if (!secret) throw new Error(`no ${label} in the key log`)
    return secret
  }
}
