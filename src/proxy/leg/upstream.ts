import type { Duplex } from 'node:stream'
import type { Agreed, ConnectionId } from '../../model/connection.ts'
import type { Problem } from '../../problem/problem.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { LeafKeyType, Tape } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import type { Choice } from './choice.ts'

/** What it takes to speak TLS with a server, whoever does it. */
export interface UpstreamOptions {
  readonly tap: WireTap
  readonly tape: Tape
  readonly connection: ConnectionId
  /** From the client's hello; absent where it sent none. */
  readonly serverName?: string
  /** Whose certificate it must be where no name is sent. */
  readonly host: string
  /** What Parley's hello offers as well; absent where it sends one of its own. */
  readonly mirroredHello?: ClientHello
  /** Whether there is one to show to a server that asks. */
  readonly hasCertificate?: boolean
  /** False accepts every certificate. */
  readonly verify: boolean
  /** ms */
  readonly timeout: number
}

/** A server's TLS session that stands. */
export interface Upstream {
  /** What is inside it. */
  readonly socket: Duplex
  readonly agreed: Agreed
  readonly alpn?: string
  /** DER of the server's own certificate. */
  readonly certificate?: Buffer
  readonly keyType?: LeafKeyType
  /** What it chose of the offer; absent where its words cannot be read. */
  readonly choice?: Choice
  /** Parley had a client certificate to show. */
  readonly hadCertificate: boolean
  /** Set where the certificate does not verify and `verify` is false. */
  readonly tolerated?: Problem
  /** What ended the session after it stood, such as a refused client certificate in TLS 1.3. */
  lateError?: Error
}
