import type { ByteReader } from '../../reader.ts'
import type { Source } from '../message-context.ts'
import { cipherSuiteFacts, type KeyExchange } from '../registry/cipher-suite-facts.ts'
import { ssl30 } from '../registry/versions.ts'
import type { MessageValue } from '../values.ts'
import { latin1, opaque, shortHex } from '../vector.ts'

interface Shares {
  readonly publicKey?: Uint8Array
  readonly encryptedPreMaster?: Uint8Array
}

/**
 * RFC 5246 7.4.7, RFC 8422 5.7, RFC 4279: the client's half of the key exchange. The cipher suite decides the form;
 * without a suite that is known the body is kept as bytes.
 */
export function clientKeyExchange(r: ByteReader, { context }: Source): MessageValue {
  const facts = context.cipherSuite === undefined ? undefined : cipherSuiteFacts(context.cipherSuite)
  const shares = facts ? readShares(r, facts.kx, context.version) : {}
  if (r.remaining > 0 && (!facts || !isKnown(facts.kx))) r.rest('data', shortHex)
  r.end()
  return { name: 'client_key_exchange', ...shares }
}

const isKnown = (kx: KeyExchange): boolean => kx !== 'krb5' && kx !== 'eccpwd' && kx !== 'tls13'

function readShares(r: ByteReader, kx: KeyExchange, version: number | undefined): Shares {
  if (kx.endsWith('psk')) opaque(r, 2, 'psk_identity', latin1)
  switch (kx) {
    case 'rsa':
    case 'rsa-export':
    case 'rsa-psk':
      // RFC 5246 7.4.7.1: SSL 3.0 sent it without a length.
      if (version === ssl30) return { encryptedPreMaster: r.rest('encrypted_pre_master_secret', shortHex) }
      return { encryptedPreMaster: opaque(r, 2, 'encrypted_pre_master_secret') }
    case 'dhe':
    case 'dhe-psk':
    case 'dh':
      // RFC 5246 7.4.7.2: empty where the client's certificate holds it.
      return r.remaining === 0 ? {} : { publicKey: opaque(r, 2, 'dh_Yc') }
    case 'ecdhe':
    case 'ecdhe-psk':
    case 'ecdh':
      return r.remaining === 0 ? {} : { publicKey: opaque(r, 1, 'ecdh_Yc') }
    case 'srp':
      return { publicKey: opaque(r, 2, 'srp_A') }
    default:
      return {}
  }
}
