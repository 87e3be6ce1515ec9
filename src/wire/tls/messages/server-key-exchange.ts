import type { ByteReader } from '../../reader.ts'
import type { Source } from '../message-context.ts'
import { cipherSuiteFacts } from '../registry/cipher-suite-facts.ts'
import { showGroup } from '../registry/groups.ts'
import { ecCurveTypes, showByte } from '../registry/parameters.ts'
import { showSignatureScheme } from '../registry/signature-schemes.ts'
import { tls12 } from '../registry/versions.ts'
import type { MessageValue, ServerKeyExchange } from '../values.ts'
import { latin1, opaque, shortHex } from '../vector.ts'

type Parameters = Omit<ServerKeyExchange, 'algorithm' | 'signature' | 'signedParameters'>

const other: Parameters = { kind: 'other' }

/**
 * RFC 5246 7.4.3, RFC 8422 5.4, RFC 4279: the server's half of the key exchange. The cipher suite decides the form;
 * without a suite that is known the body is kept as bytes.
 */
export function serverKeyExchange(r: ByteReader, source: Source): MessageValue {
  const suite = source.context.cipherSuite
  const facts = suite === undefined ? undefined : cipherSuiteFacts(suite)
  const start = r.offset
  const parameters = facts && readers[facts.kx]?.(r)
  if (!facts || !parameters) return value(r, other)
  const signedParameters = source.bytes.subarray(start, r.offset)
  const isSigned = facts.auth === 'rsa' || facts.auth === 'ecdsa' || facts.auth === 'dss'
  if (!isSigned || facts.kx === 'rsa-psk' || r.remaining === 0) return value(r, parameters)
  // RFC 4346 7.4.3: before TLS 1.2 the key decides the algorithm.
  const named = (source.context.version ?? tls12) >= tls12
  const algorithm = named ? r.u16('algorithm', showSignatureScheme) : undefined
  const signature = opaque(r, 2, 'signature')
  r.end()
  return value(r, { ...parameters, ...(algorithm !== undefined && { algorithm }), signature, signedParameters })
}

function value(r: ByteReader, exchange: ServerKeyExchange): MessageValue {
  if (r.remaining > 0) r.rest('data', shortHex)
  return { name: 'server_key_exchange', exchange }
}

const showCurveType = showByte(ecCurveTypes)

function readEcdhe(r: ByteReader): Parameters {
  const type = r.u8('curve_type', showCurveType)
  if (type === 1) readExplicitPrime(r)
  else if (type === 2) readExplicitChar2(r)
  if (type !== 3) return { kind: 'ecdhe', ...(type <= 2 && type > 0 && { publicKey: opaque(r, 1, 'public') }) }
  const group = r.u16('named_curve', showGroup)
  return { kind: 'ecdhe', group, publicKey: opaque(r, 1, 'public') }
}

/** RFC 4492 5.4: curves that are spelled out. RFC 8422 forbids them. */
function readExplicitPrime(r: ByteReader): void {
  for (const name of ['prime_p', 'curve_a', 'curve_b', 'base', 'order', 'cofactor']) opaque(r, 1, name)
}

function readExplicitChar2(r: ByteReader): void {
  r.u16('m')
  const basis = r.u8('basis', kind => (kind === 1 ? 'ec_basis_trinomial (1)' : `ec_basis_pentanomial (${kind})`))
  for (const name of basis === 1 ? ['k'] : ['k1', 'k2', 'k3']) opaque(r, 1, name)
  for (const name of ['curve_a', 'curve_b', 'base', 'order', 'cofactor']) opaque(r, 1, name)
}

function readDhe(r: ByteReader): Parameters {
  const prime = opaque(r, 2, 'dh_p', bytes => `${bytes.length * 8} bits: ${shortHex(bytes)}`)
  const generator = opaque(r, 2, 'dh_g')
  return { kind: 'dhe', prime, generator, publicKey: opaque(r, 2, 'dh_Ys') }
}

function readHint(r: ByteReader): Parameters {
  opaque(r, 2, 'psk_identity_hint', latin1)
  return other
}

function readExportRsa(r: ByteReader): Parameters {
  opaque(r, 2, 'rsa_modulus')
  opaque(r, 2, 'rsa_exponent')
  return other
}

/** RFC 5054 2.5.3 */
function readSrp(r: ByteReader): Parameters {
  opaque(r, 2, 'srp_N')
  opaque(r, 2, 'srp_g')
  opaque(r, 1, 'srp_s')
  opaque(r, 2, 'srp_B')
  return other
}

const hinted = (read: (r: ByteReader) => Parameters) => (r: ByteReader) => {
  readHint(r)
  return read(r)
}

const readers: Readonly<Record<string, ((r: ByteReader) => Parameters) | undefined>> = {
  ecdhe: readEcdhe,
  dhe: readDhe,
  psk: readHint,
  'rsa-psk': readHint,
  'dhe-psk': hinted(readDhe),
  'ecdhe-psk': hinted(readEcdhe),
  'rsa-export': readExportRsa,
  srp: readSrp,
}
