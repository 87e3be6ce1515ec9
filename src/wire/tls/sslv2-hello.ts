import { ByteReader, MalformedError } from '../reader.ts'
import type { ReadMessage } from './read-message.ts'
import { cipherSuites, sslv2CipherSpecs } from './registry/cipher-suites.ts'
import { labelOf } from './registry/names.ts'
import { showVersion } from './registry/versions.ts'
import type { ClientHello } from './values.ts'
import { count } from './vector.ts'

/** True where the bytes begin as a ClientHello in SSL 2.0 form does: RFC 5246 E.2. Needs five of them. */
export const isSslv2Hello = (bytes: Uint8Array): boolean =>
  bytes.length >= 5 &&
  (bytes[0]! & 0x80) !== 0 &&
  bytes[2] === 1 &&
  (bytes[3] === 3 || (bytes[3] === 0 && bytes[4] === 2))

/** Length of the message in bytes, its two length bytes included; call it when `isSslv2Hello`. */
export const sslv2HelloLength = (bytes: Uint8Array): number => 2 + ((bytes[0]! & 0x7f) << 8) + bytes[1]!

/**
 * Decodes an SSL 2.0 form ClientHello, its two length bytes included: RFC 5246 E.2. Never throws. The value is a
 * ClientHello with the suites that TLS has, the challenge as its random and no extensions.
 */
export function readSslv2Hello(bytes: Uint8Array): ReadMessage {
  const r = new ByteReader(bytes, 'sslv2_client_hello')
  try {
    return { name: 'client_hello', type: 1, value: { name: 'client_hello', hello: read(r) }, fields: r.fields }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return {
      name: 'client_hello',
      type: 1,
      value: { name: 'unknown', type: 1 },
      fields: r.fields,
      malformed: error.message,
    }
  }
}

function read(r: ByteReader): ClientHello {
  const length = r.u16('msg_length', value => `${value & 0x7fff} bytes`) & 0x7fff
  if (length !== r.remaining) throw new MalformedError(2, `length says ${length} bytes, ${r.remaining} are here`)
  const type = r.u8('msg_type', value => (value === 1 ? 'client_hello (1)' : String(value)))
  if (type !== 1) throw new MalformedError(2, `message type ${type} instead of 1`)
  const legacyVersion = r.u16('version', showVersion)
  const specLength = r.u16('cipher_spec_length')
  const sessionIdLength = r.u16('session_id_length')
  const challengeLength = r.u16('challenge_length')
  const specs = r
    .block(specLength, 'cipher_specs', count(Math.floor(specLength / 3), 'spec'))
    .list(spec => spec.u24('cipher_spec', showSpec))
  const sessionId = r.bytes(sessionIdLength, 'session_id')
  const challenge = r.bytes(challengeLength, 'challenge')
  r.end()
  return {
    legacyVersion,
    random: asRandom(challenge),
    sessionId,
    cipherSuites: specs.filter(spec => spec <= 0xffff),
    compressionMethods: [0],
    extensions: [],
    earlyData: false,
    statusRequest: false,
  }
}

const showSpec = (spec: number): string =>
  spec <= 0xffff ? labelOf(cipherSuites, spec) : labelOf(sslv2CipherSpecs, spec, 6)

/** RFC 5246 E.2: the challenge is right-justified in the random; what is longer loses its first bytes. */
function asRandom(challenge: Uint8Array): Uint8Array {
  const random = new Uint8Array(32)
  const taken = challenge.subarray(Math.max(0, challenge.length - 32))
  random.set(taken, 32 - taken.length)
  return random
}
