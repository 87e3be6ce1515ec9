import type { ConnectionId } from '../model/connection.ts'
import type { Mirror } from './mirror.ts'
import type { LeafSource, Tape } from './ports.ts'

export interface ProxyOptions {
  readonly listen: { readonly host: string; readonly port: number }
  /** Folder of the authority, in http-mitm-proxy's layout. */
  readonly authorityFolder: string
  /** False goes on with a server whose certificate does not verify. */
  readonly verifyUpstream: boolean
  /** False sends Node's own ClientHello upstream instead of the client's. */
  readonly mirror: boolean
  /** Where upstream fails, close towards the client instead of answering 502. */
  readonly failAsServer: boolean
  /** Host patterns whose TLS is not opened: `host`, `*.domain`. */
  readonly passThrough: readonly string[]
  /** Addresses by name, asked before the system's resolver. */
  readonly hosts: ReadonlyMap<string, string>
  /** ms */
  readonly timeouts: { readonly hello: number; readonly dial: number; readonly handshake: number }
}

export const defaultTimeouts = { hello: 60_000, dial: 30_000, handshake: 30_000 }

/** What every connection needs and none changes. */
export interface Services {
  readonly options: ProxyOptions
  readonly tape: Tape
  readonly leaves: LeafSource
  readonly mirror: Mirror
  /** Whether an address is where Parley itself listens. */
  readonly isOurs: (address: string, port: number) => boolean
  readonly nextConnection: () => ConnectionId
}

/** Whether a host fits a pattern: the same name, or `*.domain` for every name below it. */
export const matchesHost = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host
