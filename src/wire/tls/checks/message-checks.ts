import type { Direction } from '../../direction.ts'
import { delegationOf, readableCredentialIn } from '../delegated-credential.ts'
import type { Check } from '../handshake.ts'
import type { PrfHash } from '../prf.ts'
import { ssl3HandshakeHash } from '../ssl3.ts'
import type { Transcript } from '../transcript.ts'
import type { CertificateMessage, ClientHello, MessageValue } from '../values.ts'
import { type BinderInput, checkBinders } from './binder.ts'
import { checkFinished, checkSsl3Finished } from './finished.ts'
import { checkSignature, signedInTls13 } from './signature.ts'
import { checkStapled, tooManyStapled } from './stapled.ts'

/** What is known when a message arrives; the transcript holds the messages before it. */
export interface CheckContext {
  readonly direction: Direction
  /** ms since the epoch, when it arrived */
  readonly at: number
  readonly tls13: boolean
  /** Both Finished were seen: what follows is not part of the handshake. */
  readonly over: boolean
  /** More messages cover the handshake so far than any handshake has. */
  readonly tooMany: boolean
  readonly transcript: Transcript
  /** The message itself, header included. */
  readonly message: Uint8Array
  /** A handshake message before this one was not seen, or could not be read. */
  readonly incomplete: boolean
  /** Absent before the ServerHello, and for an unknown cipher suite. */
  readonly prfHash: PrfHash | undefined
  readonly clientRandom: Uint8Array | undefined
  readonly serverRandom: Uint8Array | undefined
  /** Of the sender: DER, leaf first. */
  readonly certificates: readonly Uint8Array[]
  /** DER of the key that signs in place of the sender's leaf: RFC 9345. */
  readonly delegatedKey?: Uint8Array | undefined
  readonly finishedKey: Uint8Array | undefined
  readonly binderKey: BinderInput['keyOf']
  /** False once so many responses were verified that no honest peer staples more. */
  readonly mayVerifyStapled: () => boolean
  readonly master: Uint8Array | undefined
  /** Why keys are missing, where they are. */
  readonly missing: string
}

/** Recomputes what a message proves: verify_data, signatures, binders. */
export function checksOf(value: MessageValue, context: CheckContext): readonly Check[] {
  switch (value.name) {
    case 'finished':
      return [finished(value.verifyData, context)]
    case 'certificate_verify':
      return [certificateVerify(value.verify.algorithm, value.verify.signature, context)]
    case 'server_key_exchange':
      return serverKeyExchange(value.exchange, context)
    case 'certificate':
    case 'compressed_certificate': {
      const { ocspResponse, certificates = [] } = value.certificate ?? {}
      const responses = ocspResponse ? stapled([ocspResponse], certificates, context) : []
      return [...responses, ...delegation(value.certificate)]
    }
    case 'certificate_status':
      return stapled(value.responses, context.certificates, context)
    case 'client_hello':
      return value.hello.psk && !context.tooMany ? binders(value.hello.psk, context) : []
    default:
      return []
  }
}

/** The leaf's signature under a delegated credential: RFC 9345 4. */
function delegation(message: CertificateMessage | undefined): readonly Check[] {
  const credential = message && readableCredentialIn(message)
  const leaf = message?.certificates[0]
  if (!credential || !leaf) return []
  const { algorithm, signature } = credential
  const covers = 'the delegated credential (RFC 9345 4)'
  return [checkSignature({ algorithm, signature, certificate: leaf, signed: delegationOf(leaf, credential), covers })]
}

function binders(psk: NonNullable<ClientHello['psk']>, context: CheckContext): readonly Check[] {
  const { transcript, message: hello, binderKey: keyOf } = context
  return checkBinders({ ...psk, before: transcript.messages, hello, keyOf })
}

/** One response for each certificate of the chain, in its order (RFC 6961 2.2); most servers staple the first alone. */
const stapled = (
  responses: readonly Uint8Array[],
  certificates: readonly Uint8Array[],
  { at, mayVerifyStapled }: CheckContext,
): readonly Check[] =>
  responses.map((response, index) =>
    mayVerifyStapled() ? checkStapled(response, certificates.slice(index), at) : tooManyStapled,
  )

function finished(verifyData: Uint8Array, context: CheckContext): Check {
  const { direction, prfHash, transcript, finishedKey, master, missing } = context
  const later = withoutTranscript('verify_data', context)
  if (later) return later
  if (!prfHash) return { name: 'verify_data', detail: `not recomputed: ${missing}` }
  if (prfHash === 'ssl3' && master) return checkSsl3Finished(verifyData, direction, transcript.messages, master)
  const handshake = transcript.hash(prfHash)
  return checkFinished(verifyData, { direction, prfHash, handshake, finishedKey, master }, missing)
}

function certificateVerify(algorithm: number, signature: Uint8Array, context: CheckContext): Check {
  const { direction, prfHash, transcript, tls13 } = context
  const later = withoutTranscript('signature', context)
  if (later) return later
  const certificate = context.certificates[0]
  if (prfHash === 'ssl3') return ssl3CertificateVerify(signature, certificate, context)
  if (!tls13) {
    // TLS 1.0 and 1.1 put no algorithm before the signature; their readers leave 0.
    const scheme = prfHash === 'md5-sha1' ? undefined : algorithm
    const covers = 'all handshake messages so far (RFC 5246 7.4.8)'
    return checkSignature({ algorithm: scheme, signature, certificate, signed: transcript.messages, covers })
  }
  if (!prfHash) return { name: 'signature', detail: `not verified: ${context.missing}` }
  const signed = [signedInTls13(direction, transcript.hash(prfHash))]
  const covers = `the ${prfHash} of all handshake messages so far (RFC 8446 4.4.3)`
  const { delegatedKey } = context
  if (!delegatedKey) return checkSignature({ algorithm, signature, certificate, signed, covers })
  return checkSignature({ algorithm, signature, certificate: delegatedKey, of: 'delegated credential', signed, covers })
}

/** RFC 6101 5.6.8: hashes over the messages and the master secret are signed as they are. */
function ssl3CertificateVerify(
  signature: Uint8Array,
  certificate: Uint8Array | undefined,
  { transcript, master, missing }: CheckContext,
): Check {
  if (!master) return { name: 'signature', detail: `not verified: ${missing}` }
  const hashed = ssl3HandshakeHash(transcript.messages, master)
  const covers = 'all handshake messages so far with the master secret (RFC 6101 5.6.8)'
  return checkSignature({ algorithm: undefined, signature, certificate, signed: [], hashed, covers })
}

function serverKeyExchange(
  exchange: Extract<MessageValue, { name: 'server_key_exchange' }>['exchange'],
  context: CheckContext,
): readonly Check[] {
  const { clientRandom, serverRandom, certificates } = context
  const { signature, signedParameters, algorithm } = exchange
  if (!signature || !signedParameters) return []
  if (!clientRandom || !serverRandom) return [{ name: 'signature', detail: 'not verified: a hello is missing' }]
  const signed = [clientRandom, serverRandom, signedParameters]
  const covers = 'both randoms and the parameters (RFC 5246 7.4.3)'
  return [checkSignature({ algorithm, signature, certificate: certificates[0], signed, covers })]
}

/** Why the handshake messages so far prove nothing, or undefined. */
function withoutTranscript(name: string, { over, tls13, incomplete, tooMany }: CheckContext): Check | undefined {
  if (tooMany) return { name, detail: 'not recomputed: no handshake has so many of these' }
  if (incomplete && !over)
    return { name, detail: 'not recomputed: a message before it was not seen or could not be read' }
  if (!over) return undefined
  const what = tls13 ? 'post-handshake authentication (RFC 8446 4.6.2)' : 'a message after the handshake'
  return { name, detail: `not recomputed: ${what}` }
}
