import { constants, publicEncrypt, randomBytes } from 'node:crypto'
import { isGrease } from '../../registry/names.ts'
import { tls12 } from '../../registry/versions.ts'
import type { ServerKeyExchange } from '../../values.ts'
import { checkSigned, keyOf, schemesOf } from '../checks/signer.ts'
import type { ClientState } from '../client-state.ts'
import { list8, list16, u16 } from '../framing.ts'
import { finiteField } from '../groups/finite-field.ts'
import type { KeyPair } from '../groups/key-pair.ts'
import { keyPair } from '../groups/named-groups.ts'
import { handshakeType, type Message } from '../protocol.ts'
import { fail, UnsupportedError } from '../tls-error.ts'
import type { Chosen } from './connection.ts'

const isSha1 = (scheme: number | undefined): boolean => scheme !== undefined && scheme >> 8 === 2 // RFC 5246 7.4.1.4.1

export interface Exchanged {
  readonly preMaster: Uint8Array
  /** The body of our ClientKeyExchange. */
  readonly message: Buffer
}

/** The pre-master secret by a ServerKeyExchange that the server has signed: RFC 5246 7.4.3, RFC 8422 5.4. Throws TlsError. */
export function agreeByExchange(client: ClientState, { facts, hello }: Chosen, message: Message): Exchanged {
  const { agreed, sent, options } = client
  const { exchange } = client.read(message, 'server_key_exchange', handshakeType.serverKeyExchange)
  const { algorithm: scheme, signature, signedParameters, publicKey } = exchange
  if (!signature || !signedParameters || !publicKey) return fail('illegal-parameter', 'parameters that are not signed')
  if (agreed.version >= tls12) agreed.scheme = scheme
  const offered = schemesOf(sent.hello, agreed.version)
  // As OpenSSL's security level 2 has it, unless the client takes nothing else; it is what versions below sign with.
  if (isSha1(scheme) && (options.oldestVersion ?? tls12) >= tls12 && !offered.every(isSha1))
    fail('handshake-failure', 'its key exchange is signed with SHA-1', 'weak-signature')
  const over = [sent.hello.random, hello.random, signedParameters]
  const signed = { scheme, signature, over, key: keyOf(agreed.chain!) }
  checkSigned(signed, offered, agreed.version)
  if (facts.kx === 'ecdhe') {
    const pair = pairOfCurve(client, exchange)
    return { preMaster: pair.agree(publicKey), message: list8(pair.share) }
  }
  const pair = pairOfPrime(exchange)
  return { preMaster: withoutZeros(pair.agree(publicKey)), message: list16(pair.share) }
}

/** The named groups of RFC 8422 and RFC 7027: what is newer is for TLS 1.3 alone. */
const isCurve = (group: number): boolean => group <= 30

function pairOfCurve({ agreed, sent }: ClientState, { group }: ServerKeyExchange): KeyPair {
  if (group === undefined) return fail('illegal-parameter', 'a curve without a name')
  const offered = sent.hello.supportedGroups ?? [group]
  if (!offered.includes(group) || isGrease(group) || !isCurve(group))
    fail('illegal-parameter', `curve ${group}, which was not offered`)
  agreed.group = group
  const pair = keyPair(group)
  if (!pair) throw new UnsupportedError(`curve ${group}`)
  return pair
}

function pairOfPrime({ prime, generator }: ServerKeyExchange): KeyPair {
  if (!prime || !generator) return fail('illegal-parameter', 'a Diffie-Hellman group that is none')
  return finiteField(withoutZeros(prime), generator)
}

/** RFC 5246 8.1.2: the pre-master secret of Diffie-Hellman has no leading zeros. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex(byte => byte !== 0)
  return bytes.subarray(first < 0 ? bytes.length : first)
}

/** A pre-master secret under the server's RSA key: RFC 5246 7.4.7.1. Throws TlsError. */
export function encryptPreMaster({ agreed, sent }: ClientState): Exchanged {
  const preMaster = Buffer.concat([u16(sent.hello.legacyVersion), randomBytes(46)])
  const key = keyOf(agreed.chain!)
  try {
    return { preMaster, message: list16(publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, preMaster)) }
  } catch {
    return fail('bad-certificate', 'a certificate whose key encrypts no pre-master secret')
  }
}
