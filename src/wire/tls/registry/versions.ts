import { type Names, shower } from './names.ts'

export const ssl30 = 0x0300
export const tls10 = 0x0301
export const tls11 = 0x0302
export const tls12 = 0x0303
export const tls13 = 0x0304

const drafts = Object.fromEntries(Array.from({ length: 29 }, (_, draft) => [0x7f00 + draft, `TLS 1.3 draft ${draft}`]))

export const versions: Names = {
  ...drafts,
  2: 'SSL 2.0',
  [ssl30]: 'SSL 3.0',
  [tls10]: 'TLS 1.0',
  [tls11]: 'TLS 1.1',
  [tls12]: 'TLS 1.2',
  [tls13]: 'TLS 1.3',
  257: 'TLCP 1.1',
  65279: 'DTLS 1.0',
  65277: 'DTLS 1.2',
  65276: 'DTLS 1.3',
}

export const showVersion = shower(versions)

/** The number of a draft of TLS 1.3, 0x7fNN; undefined for anything else. */
export const tls13Draft = (version: number): number | undefined => (version >> 8 === 0x7f ? version & 0xff : undefined)

/** True for TLS 1.3 and its drafts. */
export const isTls13 = (version: number | undefined): boolean =>
  version !== undefined && (version === tls13 || tls13Draft(version) !== undefined)
