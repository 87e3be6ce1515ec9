import type { ConnectionId, Target } from '../model/connection.ts'
import type { Problem } from '../problem/problem.ts'
import type { Rulings } from '../rules/rulings.ts'
import type { DialOptions } from './dial/dial.ts'
import type { Reached } from './dial/reach.ts'
import type { ServiceLookup } from './dial/service-lookup.ts'
import type { WaysOut } from './dial/ways.ts'
import type { Lobby } from './entrance/lobby.ts'
import type { Mirror } from './hello/mirror.ts'
import type { MinTlsOf } from './hello/tls-wishes.ts'
import type { TlsVersion } from './hello/versions.ts'
import type { ClientCertificate } from './leg/client-certificate.ts'
import type { ClientContexts } from './leg/client-contexts.ts'
import type { ExactTls, TlsClientName } from './leg/exact/exact-tls.ts'
import type { Resumption } from './leg/resumption.ts'
import type { Sender } from './own/own-request.ts'
import type { LeafSource, Tape } from './ports.ts'
import type { OpenRelays } from './relay/open-relays.ts'
import type { Scripts } from './script/script.ts'
import type { SiteFacts } from './site/facts.ts'

export interface ProxyOptions {
  readonly listen: { readonly host: string; readonly port: number }
  /** Folder of the authority, in http-mitm-proxy's layout. */
  readonly authorityFolder: string
  /** False goes on with a server whose certificate does not verify. */
  readonly verifyUpstream: boolean
  /** Host patterns for which `verifyUpstream` is false all the same. */
  readonly insecureHosts?: readonly string[]
  /** The oldest version on both legs; TLS 1.2 unless told. */
  readonly minTls?: TlsVersion
  /** The same for hosts of a pattern; the first that fits. */
  readonly minTlsOf?: readonly MinTlsOf[]
  readonly clientCertificates?: readonly ClientCertificate[]
  /** False sends Node's own ClientHello upstream instead of the client's. */
  readonly mirror: boolean
  /** Who speaks with servers in the client's words; `auto` where it is not said. */
  readonly tlsClient?: TlsClientName
  /** False lets Parley choose on the client leg, instead of choosing as the server did. */
  readonly mirrorChoice?: boolean
  /** Where upstream fails, close towards the client instead of answering 502. */
  readonly failAsServer: boolean
  /** The HTTPS records of servers are asked for, beside the traffic. */
  readonly httpsRecords?: boolean
  /** Tunnels that begin in clear and go on in TLS are opened; absent or false: they pass as they are. */
  readonly starttls?: boolean
  /** Patterns of the targets whose TLS is not opened: `host`, `*.domain`, an address, CIDR, each with `:port` or without. */
  readonly passThrough: readonly string[]
  /** Bytes of each that is not opened that are kept all the same: an app's own keys may open them. */
  readonly keepUnopened?: number
  /** Whether the ciphertext of application data is kept, and not its record headers alone. */
  readonly keepCiphertext?: boolean
  /** Patterns of those whose TLS is opened, and no other's; none: all. */
  readonly only?: readonly string[]
  /** No server is dialled: what nobody claims is answered 502. Requests of Parley's own are sent all the same. */
  readonly offline?: boolean
  /** Addresses by name, or by `name:port`, asked before the system's resolver. */
  readonly hosts: ReadonlyMap<string, string>
  /** A variable of the environment that names another proxy, which is not used. */
  readonly unusedProxy?: string
  /** Where to listen in the place of a server. */
  readonly reverse?: readonly ReverseOptions[]
  /** Absent: servers are dialled directly. */
  readonly waysOut?: WaysOut
  /** Where to listen for connections that the firewall leads here. */
  readonly transparent?: { readonly host: string; readonly port: number }
  /** Absent: whoever reaches the proxy, which then listens on loopback alone. */
  readonly access?: AccessOptions
  /** ms */
  readonly timeouts: { readonly hello: number; readonly dial: number; readonly handshake: number }
}

/** A server in whose place Parley listens. */
export interface ReversedServer {
  readonly target: Target
  /** Whether it speaks TLS. */
  readonly secure: boolean
}

export interface ReverseOptions {
  readonly listen: { readonly host: string; readonly port: number }
  readonly server: ReversedServer
}

/** Who may use a proxy that other machines can reach. */
export interface AccessOptions {
  /** Ranges of addresses in CIDR; besides them this machine alone. Empty for everybody who knows the credentials. */
  readonly allow: readonly string[]
  /** `user:password` */
  readonly credentials?: string
  /** Whether clients on other machines reach loopback and link-local addresses of this one. */
  readonly localTargets: boolean
}

export const defaultTimeouts = { hello: 60_000, dial: 30_000, handshake: 30_000 }

/** What of a request says who makes it. */
export interface WithFields {
  readonly fields: { readonly headers: readonly (readonly [name: string, value: string])[] }
}

/** Who may use the proxy. */
export interface Access {
  /** Whether a client with this address is served at all. */
  admits(address: string): boolean
  /** What a request lacks; undefined where it may pass. */
  refusal(head: WithFields): Problem | undefined
  /** Whether credentials are asked for. */
  readonly asks: boolean
  /** Whether these are the right ones; any are where none are asked for. */
  knows(user: string, password: string): boolean
}

/** What every connection needs and none changes. */
export interface Services {
  readonly options: ProxyOptions
  readonly tape: Tape
  readonly leaves: LeafSource
  readonly mirror: Mirror
  /** Absent where OpenSSL alone speaks with servers. */
  readonly exact?: ExactTls | undefined
  readonly clientContexts: ClientContexts
  readonly resumption: Resumption
  /** Absent where the person gave none. */
  readonly scripts?: Scripts | undefined
  /** What a person wants done to traffic; absent where nothing. */
  readonly rulings?: Rulings | undefined
  /** Those that act on nothing, and may have to make room. */
  readonly openRelays: OpenRelays
  /** Patterns of targets whose TLS is not opened, those that a person added meanwhile among them. */
  readonly passThrough: ReadonlySet<string>
  /** Whether an address is where Parley itself listens. */
  readonly isOurs: (address: string, port: number) => boolean
  /** A connection to the target, by the way that the person wants. Throws DialError. */
  readonly dial: (target: Target, options: DialOptions) => Promise<Reached>
  /** Absent where nobody is to be asked. */
  readonly serviceLookup?: ServiceLookup | undefined
  /** Clients whose next request is not whole yet. */
  readonly lobby: Lobby
  readonly access: Access
  /** Sends what Parley itself asks. */
  readonly sender: Sender
  /** What Parley's own site tells. */
  readonly site: SiteFacts
  readonly nextConnection: () => ConnectionId
  /** Tunnels that are open, and have more to tell. */
  readonly tunnels: Set<Promise<void>>
}
