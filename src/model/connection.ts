import type { ServiceRecord } from '../wire/dns/service-records.ts'
import type { LegName, Party } from './party.ts'
import type { Problem } from './problem.ts'

export type ConnectionId = number

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface Target {
  readonly host: string
  readonly port: number
}

/** How the bytes of a connection are treated once both legs are open; `own`: Parley itself is asked, and answers. */
export type Treatment = 'observe' | 'rewrite' | 'pass-through' | 'refuse' | 'own'

/**
 * What the client asked the proxy: a tunnel by CONNECT or SOCKS, or a plain request with an absolute URL; `reverse`,
 * `transparent`: nothing, it takes Parley for its server; `tls`, `http2`: TLS, or HTTP/2 in clear, with the proxy itself, inside which other
 * connections come. There is no client where Parley itself asks: `replay` an exchange again, `compose` something new,
 * `elsewhere` another server than the client meant.
 */
export type Entrance =
  | 'connect'
  | 'absolute-form'
  | 'socks4'
  | 'socks4a'
  | 'socks5'
  | 'http2-connect'
  | 'reverse'
  | 'transparent'
  | 'tls'
  | 'http2'
  | OwnEntrance

/** Parley itself asks. */
export type OwnEntrance = 'replay' | 'compose' | 'elsewhere'

/** A name looked up; `addresses` in the order they were returned. */
export interface NameLookup {
  readonly name: string
  readonly addresses: readonly string[]
  readonly startedAt: number
  readonly endedAt: number
  /** True where no question was asked because the target was an address. */
  readonly literal: boolean
}

/** Another proxy, through which Parley reaches the server. What Parley tells it of itself is not kept. */
export interface Via {
  /** `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h` */
  readonly scheme: string
  readonly host: string
  readonly port: number
}

/** What was agreed on one leg, as its TLS says. The dissected handshake has the details. */
export interface Agreed {
  readonly version: string
  readonly cipherSuite: string
  readonly alpn?: string
  readonly resumed: boolean
}

/** What the mirrored ClientHello could not reproduce of the client's. */
export interface MirrorGap {
  /** Such as 'cipherSuite', 'extension', 'keyShare', 'extensionOrder'. */
  readonly kind: string
  readonly id: number
  readonly reason: string
  /** Set where Parley's hello has it and the client's has not. */
  readonly added?: true
}

/** A program on this machine, as it was when its connection came. */
export interface ClientProcess {
  readonly pid: number
  /** Of the program's file: `curl`. */
  readonly name: string
  /** Its arguments in one line, cut where it is long; empty where they are not known. */
  readonly command: string
}

/** The same shape on both legs, so that a screen can put them side by side. All times in ms since the epoch, fractional. */
export interface Leg {
  readonly local?: Endpoint
  readonly remote?: Endpoint
  readonly lookup?: NameLookup
  /** What the server's HTTPS records in DNS say; absent where there are none, or nobody asked. */
  readonly services?: readonly ServiceRecord[]
  /** Then `lookup`, `remote` and the dial are those of the other proxy. */
  readonly via?: Via
  /** When the TCP connection was asked for; the client leg has only `connectedAt`, its accept. */
  readonly dialledAt?: number
  readonly connectedAt?: number
  /** When the other proxy said that the way to the server stands. */
  readonly tunnelledAt?: number
  /** Where TLS starts in the TCP payload of each direction: after CONNECT and its answer on the client leg. */
  readonly tlsStartsAt?: { readonly toServer: number; readonly toClient: number }
  readonly secureAt?: number
  readonly agreed?: Agreed
  /** Absent where the hello was not mirrored. */
  readonly mirrorGaps?: readonly MirrorGap[]
  /** Why OpenSSL's own TLS client spoke with the server, though Parley's was to: a sentence without its stop. */
  readonly openssl?: string
  /** What of the server's choice the client leg could not choose; absent where it was not to choose alike. */
  readonly choiceGaps?: readonly MirrorGap[]
  /** TCP payload bytes, when the leg closed. */
  readonly bytes?: { readonly toServer: number; readonly toClient: number }
  readonly closed?: LegClosed
}

export interface LegClosed {
  readonly at: number
  /** Whose FIN or RST came first. */
  readonly by: Party
  readonly how: 'fin' | 'reset'
}

/** One client and one server, with Parley between them, or beside them. */
export interface Connection {
  readonly id: ConnectionId
  readonly openedAt: number
  /** The connection to the proxy inside which it came, or for whose client Parley asks elsewhere. */
  readonly within?: ConnectionId
  readonly entrance?: Entrance
  readonly target?: Target
  /** The exchange that Parley asks for again; its ExchangeId. */
  readonly origin?: number
  /** Seen from outside: nobody's leg is Parley's, and one link joins client and server. */
  readonly sniffed?: true
  /** The client leg; of a sniffed connection its only link, with the client's end as `remote` and the server's as `local`. */
  readonly client: Leg
  /** Absent until dialled, and for good when the dial was refused or failed. */
  readonly upstream?: Leg
  readonly treatment?: Treatment
  /** Who opened the client leg, looked up beside the traffic: absent where it was on another machine, or gone too soon. */
  readonly process?: ClientProcess
  /** Server name from the client's hello. */
  readonly serverName?: string
  /** What flows inside: 'http/1.1', 'h2', 'websocket', 'opaque' ... */
  readonly protocol?: string
  readonly problems: readonly Problem[]
  /** `problems` is the last word: both handshakes have been read for what they prove, or the engine saw nothing amiss. */
  readonly explained?: true
  /** What was wrong with the server's certificate and allowed by --insecure. */
  readonly tolerated?: Problem
  readonly closed?: { readonly at: number }
}

const ownEntrances: ReadonlySet<Entrance | undefined> = new Set(['replay', 'compose', 'elsewhere'])

/** Whether Parley itself is the client. */
export const isOwn = ({ entrance }: Connection): boolean => ownEntrances.has(entrance)

export const legOf = (connection: Connection, leg: LegName): Leg | undefined =>
  leg === 'client' ? connection.client : connection.upstream

/** The protocol of a connection to Parley's own site whose client did not trust Parley's certificate. */
export const trustCheck = 'trust-check'
