import type { Agreed, ClientProcess, ConnectionId, Endpoint } from '../model/connection.ts'
import type { Claims } from './claims.ts'

/** What is known of a connection before anything is asked on it. Whatever is absent is not known, and may yet match. */
export interface ConnectionFacts {
  readonly id: ConnectionId
  /** Where the client wants to go: the name of its hello, else of its target. Lower case. */
  readonly host: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  readonly client?: Endpoint
  readonly serverName?: string
  /** Once the server has been reached. */
  readonly server?: Endpoint
  /** Once both legs are secured; absent in clear. */
  readonly alpn?: string
  /** The same of TLS: what each leg that has it agreed on. */
  readonly tls?: { readonly client?: Agreed; readonly server?: Agreed }
  /** Absent where nobody can find it out. */
  readonly process?: AwaitedProcess
}

/** Which local program opened a connection: found out beside the traffic, and only where somebody asks. */
export interface AwaitedProcess {
  /** Undefined while it is not known, and for good where it was not found. */
  readonly now: ClientProcess | undefined
  /** Resolves when it is, or when nobody waits any longer; undefined where there is nothing to wait for. Never rejects. */
  known(): Promise<void> | undefined
}

/** What a person's rules say of the TLS and the way of one connection. */
export interface ConnectionRuling {
  readonly minTls?: string
  readonly maxTls?: string
  /** Names of OpenSSL, joined by colons. */
  readonly cipherSuites?: string
  readonly groups?: string
  /** Path of a PEM with certificate and key. */
  readonly clientCertificate?: string
  readonly mirror?: boolean
  readonly verify?: boolean
  /** An address in place of the one that the name has. */
  readonly address?: string
  /** URL of the other proxy to go through. */
  readonly via?: string
  /** The connection is not to be: a TLS alert's number in the handshake, or how it ends. */
  readonly refuse?: { readonly alert: number } | 'reset' | 'close' | 'black-hole'
  /** Rules, as they were written, that said so. */
  readonly by: readonly string[]
}

/** The rules that are in force, breakpoints and simulations among them; they may change at any time. */
export interface Rulings {
  /** Undefined where no rule speaks of it. */
  connection(facts: ConnectionFacts): ConnectionRuling | undefined
  /** Undefined where no message of the connection can match any rule: it is relayed verbatim. */
  claims(facts: ConnectionFacts): Claims | undefined
}
