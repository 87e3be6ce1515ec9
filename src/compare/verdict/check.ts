import type { Connection } from '../../model/connection.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import { ssl30, tls10, tls11, tls12, tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { isGrease } from '../names.ts'

/** What a verdict is computed from: what the client offers and what the server did with Parley's offer. */
export interface Question {
  readonly connection: Connection
  readonly hello: ClientHello
  /** What Parley sent to the server. */
  readonly sent?: ClientHello
  readonly upstream: Handshake
}

/** `fails`: client and server cannot have agreed. `may-fail`: the server's choice is no use, but it might have chosen otherwise. */
export type Standing = 'fits' | 'may-fail' | 'fails'

export interface Reason {
  readonly aspect: string
  readonly standing: Standing
  readonly sentence: string
  /** What a Chromium browser would have shown without the proxy. */
  readonly asBrowser?: string
  /** What OpenSSL would have said, on whichever side sees it. */
  readonly asOpenssl?: string
}

/** Nothing to say about its aspect: undefined. */
export type Check = (question: Question) => Reason | undefined

export const mismatch = 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH'

export const withoutGrease = (list: readonly number[]): number[] => list.filter(value => !isGrease(value))

/** The versions that a hello offers; without supported_versions all up to its own, as far as anyone can tell (RFC 8446 4.2.1). */
export function versionsOf(hello: ClientHello): number[] {
  if (hello.supportedVersions) return withoutGrease(hello.supportedVersions)
  return [tls13, tls12, tls11, tls10, ssl30].filter(version => version <= hello.legacyVersion && version < tls13)
}

/** Whether two hellos give a server the same to choose from, leaving versions below `oldest` aside. */
export const sameOffer = (a: ClientHello, b: ClientHello, oldest = 0): boolean =>
  offerOf(a, oldest) === offerOf(b, oldest)

const offerOf = (hello: ClientHello, oldest: number): string =>
  JSON.stringify([
    versionsOf(hello).filter(version => version >= oldest),
    withoutGrease(hello.cipherSuites),
    withoutGrease(hello.supportedGroups ?? []),
    withoutGrease(hello.signatureAlgorithms ?? []),
    hello.alpn ?? [],
  ])
