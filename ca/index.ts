export { type Authority, openAuthority } from './authority.ts'
export { AuthorityError, type AuthorityErrorCode } from './authority-error.ts'
export type { Leaf } from './leaf.ts'
export { trustStore } from './pkcs12.ts'
export type { RootWish } from './root.ts'
export type { Checked, Standing, Store, StoreKind, TrustedRoot, TrustJournal } from './trust/trust.ts'

/** The stores that say which roots are trusted; loaded when asked for, as all below. */
export const trustStores = () => import('./trust/trust.ts')

/** A new authority in the place of an old one, or a new certificate for the old key. */
export const renewal = () => import('./renewal.ts')
