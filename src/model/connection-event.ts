import type { ServiceRecord } from '../wire/dns/service-records.ts'
import type {
  Agreed,
  ConnectionId,
  Endpoint,
  Entrance,
  LegClosed,
  MirrorGap,
  Target,
  Treatment,
  Via,
} from './connection.ts'
import type { LegName } from './party.ts'
import type { Problem } from './problem.ts'

/** What the engine tells about a connection besides its bytes, in the order it happens. */
export type ConnectionEvent =
  | {
      readonly type: 'opened'
      readonly at: number
      /** Absent where Parley itself is the client. */
      readonly local?: Endpoint
      readonly remote?: Endpoint
      readonly sniffed?: true
      /** Inside which connection of the same client it came. */
      readonly within?: ConnectionId
    }
  | { readonly type: 'targeted'; readonly entrance: Entrance; readonly target: Target; readonly origin?: number }
  | { readonly type: 'tls-started'; readonly leg: LegName; readonly toServer: number; readonly toClient: number }
  | { readonly type: 'hello-seen'; readonly serverName?: string }
  | { readonly type: 'treated'; readonly treatment: Treatment }
  | {
      readonly type: 'looked-up'
      readonly name: string
      readonly addresses: readonly string[]
      readonly startedAt: number
      readonly endedAt: number
      readonly literal: boolean
    }
  /** At any time after the look-up, which is not kept waiting. */
  | { readonly type: 'services-known'; readonly services: readonly ServiceRecord[] }
  | { readonly type: 'dialled'; readonly at: number; readonly remote: Endpoint }
  | { readonly type: 'connected'; readonly at: number; readonly local: Endpoint; readonly remote: Endpoint }
  /** The dial that was told last, and what is yet to be told of it, is that of another proxy. */
  | { readonly type: 'routed'; readonly via: Via }
  | { readonly type: 'tunnelled'; readonly at: number }
  | { readonly type: 'mirrored'; readonly gaps: readonly MirrorGap[] }
  /** OpenSSL's own TLS client spoke with the server, with what it can of the client's hello, though Parley's was to. */
  | { readonly type: 'openssl-spoke'; readonly why: string }
  /** The client leg was to choose as the server did; `gaps` is what it could not. */
  | { readonly type: 'choice-mirrored'; readonly gaps: readonly MirrorGap[] }
  /** The client offers to resume a session of that earlier connection; so does Parley to the server, where it has one. */
  | { readonly type: 'recalled'; readonly earlier: ConnectionId }
  | { readonly type: 'secured'; readonly leg: LegName; readonly at: number; readonly agreed: Agreed }
  /** Asks the recorder what has been read up to here stops at; nothing that it keeps. */
  | { readonly type: 'probed'; readonly probe: number }
  /** A leg that was secured went wrong, by an alert or what could not be opened; its bytes say which. */
  | { readonly type: 'spoilt'; readonly leg: LegName }
  | { readonly type: 'protocol-known'; readonly protocol: string }
  | { readonly type: 'failed'; readonly problem: Problem }
  /** It would have failed, had the person not allowed it. */
  | { readonly type: 'tolerated'; readonly problem: Problem }
  | {
      readonly type: 'leg-closed'
      readonly leg: LegName
      readonly closed: LegClosed
      readonly bytes: { readonly toServer: number; readonly toClient: number }
    }
  | { readonly type: 'closed'; readonly at: number }
