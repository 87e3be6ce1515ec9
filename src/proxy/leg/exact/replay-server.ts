import { handshake, list16, list24, u16 } from '../../../wire/tls/client/framing.ts'
import { keyPair } from '../../../wire/tls/client/groups/named-groups.ts'
import { clearRecord } from '../../../wire/tls/client/records/clear-record.ts'
import { maxPlaintext } from '../../../wire/tls/client/records/limits.ts'
import { Sealer } from '../../../wire/tls/client/records/sealer.ts'
import { Schedule } from '../../../wire/tls/client/schedule.ts'
import { trafficKeys } from '../../../wire/tls/keys.ts'
import { digest } from '../../../wire/tls/prf.ts'
import { readClientHello } from '../../../wire/tls/read-message.ts'
import { recordAlgorithm } from '../../../wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../wire/tls/registry/cipher-suite-facts.ts'
import { tls12, tls13 } from '../../../wire/tls/registry/versions.ts'

/** What the client of a replay must offer: its answer is always the same. */
export const replayOffer = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ciphers: 'TLS_AES_128_GCM_SHA256',
  ecdhCurve: 'X25519',
} as const

const [handshakeRecord, headerLength, x25519, suite] = [22, 5, 29, 0x1301]
const [serverHello, encryptedExtensions, certificateMessage] = [2, 8, 11]
const algorithm = recordAlgorithm(cipherSuiteFacts(suite)!, tls13)
// Nothing secret passes here: one key pair does for all replays.
let own: ReturnType<typeof keyPair>

/**
 * What a server of TLS 1.3 says up to its Certificate, and then a message that has no place there: its client judges the
 * certificates (DER, leaf first) and ends without the signature that nobody here can make. `record` is the client's
 * ClientHello in its record.
 */
export function replayFlight(record: Uint8Array, chain: readonly Uint8Array[]): Buffer {
  own ??= keyPair(x25519)!
  const clientHello = record.subarray(headerLength)
  const { sessionId, keyShares = [] } = readClientHello(clientHello)
  const hello = helloWith(sessionId, own.share)
  const schedule = new Schedule('sha256')
  schedule.advance(own.agree(keyShares.find(({ group }) => group === x25519)!.keyExchange))
  const secret = schedule.derive('s hs traffic', digest('sha256', [clientHello, hello]))
  const { keys } = trafficKeys('server_handshake_traffic_secret', secret, algorithm)
  const sealed = Buffer.concat([
    handshake(encryptedExtensions, list16(Buffer.alloc(0))),
    handshake(certificateMessage, Buffer.concat([Buffer.alloc(1), list24(Buffer.concat(chain.map(entry)))])),
  ])
  return Buffer.concat([clearRecord(handshakeRecord, tls12, hello), seal(sealed, new Sealer(tls13, algorithm, keys))])
}

/** CertificateEntry without extensions. RFC 8446 4.4.2 */
const entry = (der: Uint8Array): Buffer => Buffer.concat([list24(der), u16(0)])

function helloWith(sessionId: Uint8Array, share: Uint8Array): Buffer {
  const extensions = Buffer.concat([
    u16(43),
    list16(u16(tls13)),
    u16(51),
    list16(Buffer.concat([u16(x25519), list16(share)])),
  ])
  const [random, echoed] = [Buffer.alloc(32), Buffer.concat([Buffer.of(sessionId.length), sessionId])]
  return handshake(
    serverHello,
    Buffer.concat([u16(tls12), random, echoed, u16(suite), Buffer.of(0), list16(extensions)]),
  )
}

function seal(content: Buffer, sealer: Sealer): Buffer {
  const into = Buffer.alloc(content.length + Math.ceil(content.length / maxPlaintext) * sealer.overhead)
  let end = 0
  for (let at = 0; at < content.length; at += maxPlaintext)
    end = sealer.seal(handshakeRecord, content.subarray(at, at + maxPlaintext), into, end)
  return into.subarray(0, end)
}
