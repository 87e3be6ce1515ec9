export { type Authority, openAuthority } from './authority.ts'
export { AuthorityError, type AuthorityErrorCode } from './authority-error.ts'
export type { Leaf } from './leaf.ts'
export { trustStore } from './pkcs12.ts'
