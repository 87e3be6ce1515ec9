import { TlsError } from '../tls-error.ts'

/** Our half of a key exchange: what goes on the wire, and the secret that the other half makes of it. */
export interface KeyPair {
  readonly share: Buffer
  /** Throws a TlsError, illegal_parameter, where `peer` is no valid share of the group. */
  readonly agree: (peer: Uint8Array) => Buffer
}

export const badShare = (): TlsError => new TlsError(47, 'a key share that is not of its group')

/** The secret that `make` gives. Whatever it throws is the peer's fault: RFC 8446 4.2.8, 7.4.2. */
export function agreed(make: () => Buffer): Buffer {
  try {
    return make()
  } catch {
    throw badShare()
  }
}
