export interface ServerChain {
  /** DER, leaf first; a raw public key where `rawKey`. */
  readonly certificates: readonly Uint8Array[]
  readonly rawKey: boolean
  /** Stapled. */
  readonly ocsp?: Uint8Array
}

/** What resumes a session: the PSK of a ticket (TLS 1.3), or the master secret of a ticket or session id. */
export interface Session {
  readonly version: number
  readonly cipherSuite: number
  readonly secret: Uint8Array
  readonly ticket?: Uint8Array
  readonly sessionId?: Uint8Array
  readonly ageAdd: number
  /** ms since the epoch */
  readonly receivedAt: number
  /** seconds */
  readonly lifetime: number
  /** Bytes of early data that the ticket allows; none where absent (RFC 8446 4.2.10). */
  readonly maxEarlyData?: number | undefined
  readonly extendedMasterSecret: boolean
  readonly chain: ServerChain
  /** What proved it. */
  readonly scheme: number | undefined
  /** When the delegated credential that proved it ends, in ms since the epoch; absent where the leaf itself did. */
  readonly provedUntil?: number | undefined
  /** The application protocol that was agreed: early data keeps to it (RFC 8446 4.2.10). */
  readonly alpn?: string | undefined
}

/**
 * A session, if it may be offered at `now`: RFC 8446 4.6.1. One that a delegated credential proved ends with that, for its
 * chain is judged anew (RFC 9345 7.4).
 */
export const unexpired = (session: Session | undefined, now: number): Session | undefined =>
  session && now < Math.min(session.receivedAt + session.lifetime * 1000, session.provedUntil ?? Infinity)
    ? session
    : undefined

const mostKept = 65_536 // bytes; real chains and tickets have up to 20 KB

/** Whether a session is small enough to be kept for later: there may be thousands, and a server can make each of them large. */
export function mayKeep({ ticket, chain: { certificates, ocsp } }: Session): boolean {
  const parts = [ticket, ocsp, ...certificates]
  return parts.reduce((sum, part) => sum + (part?.length ?? 0), 0) <= mostKept
}
