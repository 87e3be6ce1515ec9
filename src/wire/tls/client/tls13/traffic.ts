import type { RecordAlgorithm } from '../../record-algorithm.ts'
import type { TrafficSecret } from './traffic-secret.ts'

/** What stays of a handshake of TLS 1.3 for what comes after it. */
export interface Traffic {
  /** Of the server's direction; after each KeyUpdate the next. */
  read: TrafficSecret
  /** Of ours. */
  write: TrafficSecret
  /** The server wants our keys renewed: RFC 8446 4.6.3. */
  updateDue: boolean
  /** resumption_master_secret */
  readonly resumption: Uint8Array
  readonly algorithm: RecordAlgorithm
  /** Whether the server takes a certificate of ours, and not a bare key. */
  readonly takesCertificate: boolean
  /** Handshake messages up to our Finished, where the server may ask for our certificate afterwards. */
  readonly context: readonly Uint8Array[]
}
