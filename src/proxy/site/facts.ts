import type { LeafSource } from '../ports.ts'

/** What the site is about. */
export interface SiteFacts {
  /** Where Parley listens. */
  readonly listens: () => { readonly host: string; readonly port: number }
  /** ms since the epoch */
  readonly since: number
  /** Host patterns whose TLS is not opened, as they are now. */
  readonly passThrough: ReadonlySet<string>
  /** Whether an address is where Parley itself listens. */
  readonly isOurs: (address: string, port: number) => boolean
  /** Only who knows the credentials may use the proxy. */
  readonly guarded: boolean
  readonly leaves: LeafSource
}
