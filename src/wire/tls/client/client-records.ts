import { tls10, tls12, tls13 } from '../registry/versions.ts'
import { contentType, nothing } from './protocol.ts'
import { clearRecord } from './records/clear-record.ts'
import { maxPlaintext, recordsPerKey } from './records/limits.ts'
import type { Sealer } from './records/sealer.ts'

/** Our own records: what we say, cut to size and sealed. */
export class ClientRecords {
  /** Absent while records go in clear. */
  sealer: Sealer | undefined
  /** The negotiated version; 0 before. */
  version = 0
  /** Bytes that a record may hold. */
  largest = maxPlaintext
  /** TLS 1.0: CBC takes its IV from the record before, which an attacker may have seen (BEAST). */
  split = false
  #compat: boolean

  /** `compat`: whether the hello wants a change_cipher_spec for the sake of middleboxes (RFC 8446 D.4). */
  constructor(compat: boolean) {
    this.#compat = compat
  }

  /** The change_cipher_spec of RFC 8446 D.4, the first time. */
  compat(): Buffer {
    if (!this.#compat) return nothing
    this.#compat = false
    return clearRecord(contentType.changeCipherSpec, tls12, Buffer.of(1))
  }

  /** Whether the key has sealed all that it may, and a KeyUpdate is due: RFC 8446 5.5. */
  get exhausted(): boolean {
    return this.version === tls13 && (this.sealer?.sealed ?? 0) > recordsPerKey
  }

  /** The records of `data`, in one buffer. */
  sealed(type: number, data: Uint8Array): Buffer {
    if (this.sealer) return this.#seal(this.sealer, type, data)
    return clearRecord(type, Math.min(this.version || tls12, tls12), data)
  }

  #seal(sealer: Sealer, type: number, data: Uint8Array): Buffer {
    const first = this.split && type === contentType.data && data.length > 1 ? 1 : this.largest
    const count = 2 + Math.ceil(data.length / this.largest)
    const out = Buffer.allocUnsafe(data.length + count * sealer.overhead)
    let end = 0
    for (let at = 0, size = first; at === 0 || at < data.length; at += size, size = this.largest) {
      end = sealer.seal(type, at === 0 && data.length <= size ? data : data.subarray(at, at + size), out, end)
      if (data.length === 0) break
    }
    return out.subarray(0, end)
  }
}

/** Whether the records of a CBC suite are cut 1/n-1. */
export const splits = (version: number, kind: string): boolean => version <= tls10 && kind === 'cbc'
