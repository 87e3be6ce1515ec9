import type { ClientProcess } from '../model/connection.ts'
import type { Finding } from './finding.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** A file or folder on disk. */
export interface FileState {
  readonly isFolder: boolean
  /** Permission bits. */
  readonly mode: number
  /** Owner. */
  readonly uid: number
  /** ms since the epoch */
  readonly changedAt: number
}

/** This machine as the checks see it. Nothing here changes it, and nothing throws. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absent where there are no user numbers. */
  readonly user?: number | undefined
  readonly hostName: string
  readonly versions: { readonly node: string; readonly openssl: string; readonly kernel: string }
  /** How many files this process may have open; Infinity where that is not known. */
  readonly descriptors: number
  /** ms since the epoch */
  now(): number
  /** Why nobody can listen there now, by Node's code; undefined where it is free. */
  whyTaken(address: Address): Promise<string | undefined>
  /** Who listens there, as far as this user may see. */
  holderOf(address: Address): Promise<ClientProcess | undefined>
  /** What the system's resolver says; none where it has no answer in time. */
  addressesOf(name: string): Promise<readonly string[]>
  stateOf(path: string): FileState | undefined
  canWrite(path: string): boolean
  /** The first megabyte of a file; undefined where it cannot be read. */
  textOf(path: string): string | undefined
  /** Free bytes on the disk of a folder; undefined where that is not known. */
  roomIn(folder: string): number | undefined
}

/** What Parley's own authority says of itself. */
export type AuthorityState =
  | { readonly state: 'none' }
  | {
      readonly state: 'sound'
      readonly certificatePem: string
      readonly fingerprint256: string
      /** ms since the epoch */
      readonly notBefore: number
      readonly notAfter: number
    }
  | { readonly state: 'refused'; readonly message: string; readonly remedy: string }

/** How one store of roots stands to Parley's. */
export interface StoreTrust {
  /** As `parley ca install` takes it: `system`, `nss`, `java`. */
  readonly kind: string
  /** Which one of its kind: a folder, a file. */
  readonly place: string
  readonly standing: 'trusted' | 'not-trusted' | 'other-root' | 'not-there' | 'unknown'
  /** Why, or what to do. */
  readonly says?: string
}

/** What Parleys that were killed had left on this machine. */
export interface LeftBehind {
  /** The kinds of what is undone now, as the journal has them. */
  readonly undone: readonly string[]
  /** Why something is not, each once. */
  readonly hindered: readonly string[]
}

/** Everything that the checks look at. */
export interface Surroundings {
  readonly machine: Machine
  readonly leftBehind: LeftBehind
  /** Where the proxy is to listen. */
  readonly listen: Address
  readonly authorityFolder: string
  readonly authority: AuthorityState
  readonly stores: readonly StoreTrust[]
  readonly config: { readonly path: string; readonly there: boolean; readonly complaint?: string }
  readonly captures: { readonly folder: string; readonly paths: readonly string[] }
}

/** A look at one thing. Never rejects. */
export type Check = (here: Surroundings) => readonly Finding[] | Promise<readonly Finding[]>
