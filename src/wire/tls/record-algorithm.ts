import type { PrfHash } from './prf.ts'
import type { CipherSuiteFacts } from './registry/cipher-suite-facts.ts'
import { ssl30, tls12 } from './registry/versions.ts'

/** What a cipher suite does to records, in the names of node:crypto. Lengths in bytes. */
export interface RecordAlgorithm {
  readonly kind: 'aead' | 'cbc' | 'stream' | 'null'
  /** Such as 'aes-128-gcm'; 'null' where nothing is encrypted. */
  readonly cipher: string
  readonly keyLength: number
  /** CBC: one block. AEAD: what is derived of the nonce: 4 bytes, or all 12 of them. */
  readonly ivLength: number
  readonly tagLength: number
  /** The hash of the HMAC; absent for AEAD ciphers. */
  readonly mac?: string
  readonly macLength: number
  readonly prfHash: PrfHash
}

export interface RecordKeys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly macKey?: Uint8Array
}

const otherNames: Readonly<Record<string, string | undefined>> = { '3des-cbc': 'des-ede3-cbc', 'rc4-128': 'rc4' }

/** The record algorithm of a suite under a version. Before TLS 1.2 the version fixes the PRF whatever the suite says. */
export function recordAlgorithm(facts: CipherSuiteFacts, version: number): RecordAlgorithm {
  const { cipher, keyLength, ivLength, tagLength, macLength, mac } = facts
  return {
    kind: mac === 'aead' ? 'aead' : cipher === 'null' ? 'null' : cipher.includes('cbc') ? 'cbc' : 'stream',
    cipher: otherNames[cipher] ?? cipher.replace(/-ccm-8$/, '-ccm'),
    keyLength,
    ivLength,
    tagLength,
    ...(mac === 'aead' ? {} : { mac }),
    macLength,
    prfHash: version <= ssl30 ? 'ssl3' : version < tls12 ? 'md5-sha1' : facts.prfHash,
  }
}
