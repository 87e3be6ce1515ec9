import { cipherSuites } from './cipher-suites.ts'

export type KeyExchange =
  | 'tls13'
  | 'rsa'
  | 'rsa-export'
  | 'dh'
  | 'dhe'
  | 'ecdh'
  | 'ecdhe'
  | 'psk'
  | 'rsa-psk'
  | 'dhe-psk'
  | 'ecdhe-psk'
  | 'srp'
  | 'krb5'
  | 'eccpwd'

/** 'any' in TLS 1.3, where the suite does not say. */
export type Authentication = 'any' | 'rsa' | 'ecdsa' | 'dss' | 'psk' | 'anon' | 'krb5' | 'srp' | 'eccpwd'

export interface CipherSuiteFacts {
  readonly kx: KeyExchange
  readonly auth: Authentication
  /** Kebab case of the name: 'aes-128-gcm', 'chacha20-poly1305', 'aes-256-cbc', '3des-cbc', 'rc4-128', 'null' ... */
  readonly cipher: string
  /** bytes */
  readonly keyLength: number
  /** Bytes of the IV that is derived with the key. CBC: the block size (TLS 1.0 derives it, later versions send it). */
  readonly ivLength: number
  readonly mac: 'aead' | 'md5' | 'sha1' | 'sha256' | 'sha384'
  /** Bytes of the MAC and of its key; 0 for an AEAD. */
  readonly macLength: number
  /** Bytes of the AEAD tag; 0 for the others. */
  readonly tagLength: number
  /** Of the TLS 1.2 PRF or the TLS 1.3 key schedule. Earlier versions use MD5 with SHA-1 whatever the suite. */
  readonly prfHash: 'sha256' | 'sha384'
}

/** Longest first, so that DHE_PSK is not taken for DHE. */
const exchanges: readonly (readonly [RegExp, KeyExchange, Authentication?])[] = [
  [/^ECDHE_PSK$/, 'ecdhe-psk', 'psk'],
  [/^(DHE_PSK|PSK_DHE)$/, 'dhe-psk', 'psk'],
  [/^RSA_PSK$/, 'rsa-psk', 'rsa'],
  [/^PSK$/, 'psk', 'psk'],
  [/^RSA_EXPORT/, 'rsa-export', 'rsa'],
  [/^(RSA|RSA_FIPS)$/, 'rsa', 'rsa'],
  [/^(ECDHE_|ECDH_anon)/, 'ecdhe'],
  [/^(DHE_|DH_anon)/, 'dhe'],
  [/^ECDH_/, 'ecdh'],
  [/^DH_/, 'dh'],
  [/^SRP_/, 'srp'],
  [/^KRB5/, 'krb5', 'krb5'],
  [/^ECCPWD$/, 'eccpwd', 'eccpwd'],
]

const macs = {
  MD5: ['md5', 16],
  SHA: ['sha1', 20],
  SHA256: ['sha256', 32],
  SHA384: ['sha384', 48],
} as const

/** Key length and block or implicit IV length in bytes, for what is no AEAD. */
const ciphers: Readonly<Record<string, readonly [name: string, key: number, iv: number]>> = {
  NULL: ['null', 0, 0],
  RC4_40: ['rc4-40', 5, 0],
  RC4_56: ['rc4-56', 7, 0],
  RC4_128: ['rc4-128', 16, 0],
  RC2_CBC_40: ['rc2-cbc-40', 5, 8],
  RC2_CBC_56: ['rc2-cbc-56', 7, 8],
  IDEA_CBC: ['idea-cbc', 16, 8],
  DES40_CBC: ['des40-cbc', 5, 8],
  DES_CBC_40: ['des40-cbc', 5, 8],
  DES_CBC: ['des-cbc', 8, 8],
  '3DES_EDE_CBC': ['3des-cbc', 24, 8],
  SEED_CBC: ['seed-cbc', 16, 16],
}

/**
 * What the name of a suite says: key exchange, authentication, cipher, MAC and PRF hash.
 * Undefined for signalling values, unknown numbers and suites outside this grammar (GOST, SM4, AEGIS, Ascon).
 */
export function cipherSuiteFacts(suite: number): CipherSuiteFacts | undefined {
  const cached = cache.get(suite)
  if (cached) return cached
  const name = cipherSuites[suite]
  const facts = name === undefined ? undefined : fromName(name)
  if (facts) cache.set(suite, facts)
  return facts
}

const cache = new Map<number, CipherSuiteFacts>()

function fromName(name: string): CipherSuiteFacts | undefined {
  const [, exchangePart, cipherPart] = /^(?:TLS|SSL)_(?:(.+)_WITH_)?(.+?)(?:_DRAFT)?$/.exec(name) ?? []
  if (cipherPart === undefined || /EXPORT1024/.test(name)) return undefined
  const exchange = exchangePart === undefined ? tls13 : exchangeOf(exchangePart)
  const cipher = exchange && (aeadOf(cipherPart, exchangePart === undefined) ?? macCipherOf(cipherPart))
  return exchange && cipher && { ...exchange, ...cipher }
}

const tls13 = { kx: 'tls13', auth: 'any' } as const

function exchangeOf(part: string): Pick<CipherSuiteFacts, 'kx' | 'auth'> | undefined {
  const [, kx, auth] = exchanges.find(([pattern]) => pattern.test(part)) ?? []
  if (kx === undefined) return undefined
  const named = /(RSA|ECDSA|DSS|anon)(_EXPORT)?$/.exec(part)?.[1]?.toLowerCase()
  return { kx, auth: auth ?? ((named ?? 'srp') as Authentication) }
}

type CipherPart = Omit<CipherSuiteFacts, 'kx' | 'auth'>

function aeadOf(part: string, isTls13Suite: boolean): CipherPart | undefined {
  const [, name, hash] =
    /^((?:AES|ARIA|CAMELLIA)_\d+_(?:GCM|CCM_8|CCM)|CHACHA20_POLY1305)(?:_(SHA256|SHA384))?$/.exec(part) ?? []
  if (name === undefined) return undefined
  return {
    cipher: name.toLowerCase().replaceAll('_', '-'),
    keyLength: name.includes('128_') ? 16 : 32,
    // RFC 5288 3: a salt of 4 bytes, the rest is in the record; RFC 7905 2 and RFC 8446 5.3: all 12.
    ivLength: isTls13Suite || name.startsWith('CHACHA20') ? 12 : 4,
    mac: 'aead',
    macLength: 0,
    tagLength: name.endsWith('CCM_8') ? 8 : 16,
    prfHash: hash === 'SHA384' ? 'sha384' : 'sha256',
  }
}

function macCipherOf(part: string): CipherPart | undefined {
  const [, name, hash] = /^(.+)_(MD5|SHA|SHA256|SHA384)$/.exec(part) ?? []
  const mac = macs[hash as keyof typeof macs]
  const cipher = ciphers[name ?? ''] ?? blockCipherOf(name ?? '')
  if (!mac || !cipher) return undefined
  return {
    cipher: cipher[0],
    keyLength: cipher[1],
    ivLength: cipher[2],
    mac: mac[0],
    macLength: mac[1],
    tagLength: 0,
    prfHash: hash === 'SHA384' ? 'sha384' : 'sha256',
  }
}

function blockCipherOf(name: string): readonly [string, number, number] | undefined {
  const [, bits] = /^(?:AES|ARIA|CAMELLIA)_(128|256)_CBC$/.exec(name) ?? []
  return bits === undefined ? undefined : [name.toLowerCase().replaceAll('_', '-'), Number(bits) / 8, 16]
}
