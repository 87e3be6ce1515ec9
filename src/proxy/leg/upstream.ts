import net from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import type { Agreed, ConnectionId } from '../../model/connection.ts'
import { verificationProblem } from '../../problem/from-certificate.ts'
import { serverProblem } from '../../problem/from-server.ts'
import type { Problem } from '../../problem/problem.ts'
import { ticketKeyLine } from '../../wire/tls/key-log.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { Mirrored } from '../hello/mirror.ts'
import { type LeafKeyType, now, type Tape } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { alpnList } from './alpn.ts'
import { certificateDetail } from './certificate-detail.ts'
import { type Choice, readChoice } from './choice.ts'
import type { PeerCertificate } from './peer-certificate.ts'
import { readSessionState } from './session-state.ts'
import { revocation } from './stapled.ts'
import { chainWeakness, weakness } from './weakness.ts'

const leastDh = 2048 // bits; OpenSSL's security level 2

export interface UpstreamOptions {
  readonly tap: WireTap
  readonly tape: Tape
  readonly connection: ConnectionId
  readonly mirrored: Mirrored
  /** From the client's hello; absent where it sent none. */
  readonly serverName?: string
  /** Whose certificate it must be where no name is sent. */
  readonly host: string
  /** What the client offers, in its order. */
  readonly alpn?: readonly string[]
  /** What Parley's hello offers as well; absent where it sends one of its own. */
  readonly mirroredHello?: ClientHello
  /** Of an earlier connection, to be resumed. */
  readonly session?: Buffer
  /** Told of every session that the server gives. */
  readonly onSession?: (session: Buffer) => void
  /** Whether there is one to show to a server that asks. */
  readonly hasCertificate?: boolean
  /** False accepts every certificate. */
  readonly verify: boolean
  /** ms */
  readonly timeout: number
}

/** A server's TLS session that stands. */
export interface Upstream {
  readonly socket: TLSSocket
  readonly alpn?: string
  /** DER of the server's own certificate. */
  readonly certificate?: Buffer
  readonly keyType?: LeafKeyType
  /** What it chose of the offer; absent where its words cannot be read. */
  readonly choice?: Choice
  /** Set where the certificate does not verify and `verify` is false. */
  readonly tolerated?: Problem
  /** What ended the session after it stood, such as a refused client certificate in TLS 1.3. */
  lateError?: Error
}

/** Finishes TLS with the server. Resolves to the Problem when it fails; the socket is gone then. */
export function secureUpstream(options: UpstreamOptions): Promise<Upstream | Problem> {
  const { tap, tape, connection, mirroredHello, hasCertificate, timeout, verify } = options
  const unheard = tap.closed !== undefined
  return new Promise(resolve => {
    const heard: Heard = { flight: [] }
    const keep = (bytes: Buffer): void => {
      heard.flight.push(Buffer.from(bytes))
    }
    tap.on('data', keep) // before TLS has its turn: the last of it may finish the handshake
    const socket = openTls(options)
    listenFor(socket, heard)
    const fail = (problem: Problem): void => {
      clearTimeout(timer)
      socket.removeAllListeners('secureConnect')
      socket.on('error', () => {})
      socket.destroy()
      resolve(problem)
    }
    const onError = (error: Error): void => {
      const { closed, bytes } = tap
      fail(
        serverProblem(error, {
          closed,
          unheard,
          received: bytes.toClient,
          first: heard.flight[0],
          hadCertificate: hasCertificate,
          offer: mirroredHello,
        }),
      )
    }
    const timer = setTimeout(() => onError(silence()), timeout)
    const onClose = (): void => onError(gone())
    socket.once('error', onError).once('close', onClose)
    if (tap.destroyed) onClose() // it went before its turn came, and will not close again
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', onError).off('close', onClose)
      tap.off('data', keep)
      tap.settle()
      tape.event(connection, now(), { type: 'secured', leg: 'upstream', at: now(), agreed: agreedOn(socket) })
      const peer = socket.getPeerX509Certificate()
      const wrong = faultOf(socket, peer, options.mirrored, heard.stapled)
      if (wrong && verify) fail(wrong)
      else resolve(standing(socket, peer, wrong, choiceIn(heard, peer, options.mirrored)))
    })
  })
}

function openTls(options: UpstreamOptions): TLSSocket {
  const { tap, tape, connection, mirrored, serverName, host, alpn, session, onSession } = options
  const socket = tls.connect({
    socket: tap.stream,
    secureContext: mirrored.secureContext,
    ...(serverName && !net.isIP(serverName) ? { servername: serverName } : {}),
    host,
    ...(alpn && alpn.length > 0 ? { ALPNProtocols: alpnList(alpn) } : {}),
    requestOCSP: mirrored.requestOCSP,
    ...(session ? { session } : {}),
    rejectUnauthorized: false,
    ...(mirrored.relaxed ? { minDHSize: leastDh } : {}),
  })
  for (const line of ticketKeyLines(session)) tape.keyLog(connection, 'upstream', now(), line)
  socket.on('keylog', line => tape.keyLog(connection, 'upstream', now(), line))
  if (onSession) socket.on('session', onSession)
  return socket
}

/** What the handshake brings that is asked for when it is over. */
interface Heard {
  /** As it came from the server. */
  readonly flight: Buffer[]
  stapled?: Buffer
  /** Of TLS 1.3. */
  serverSecret?: Buffer
}

const secretLine = /^SERVER_HANDSHAKE_TRAFFIC_SECRET \w+ (\w+)/

function listenFor(socket: TLSSocket, heard: Heard): void {
  const onKey = (line: Buffer): void => {
    const secret = secretLine.exec(line.toString('latin1'))?.[1]
    if (secret) heard.serverSecret = Buffer.from(secret, 'hex')
  }
  socket.on('keylog', onKey)
  socket.once('OCSPResponse', response => {
    heard.stapled = response
  })
  socket.once('secureConnect', () => socket.off('keylog', onKey))
}

/** In TLS 1.3 the signature is encrypted, and opened once for each certificate. */
function choiceIn(
  { flight, serverSecret }: Heard,
  peer: PeerCertificate | undefined,
  { signedWith }: Mirrored,
): Choice | undefined {
  const fingerprint = peer?.fingerprint256 ?? ''
  const signatureAlgorithm = signedWith?.use(fingerprint)
  const choice = readChoice(Buffer.concat(flight), signatureAlgorithm === undefined ? serverSecret : undefined)
  if (choice?.version !== tls13) return choice
  if (choice.signatureAlgorithm !== undefined) signedWith?.set(fingerprint, choice.signatureAlgorithm)
  return signatureAlgorithm === undefined ? choice : { ...choice, signatureAlgorithm }
}

/** Why the certificate must not be trusted. */
function faultOf(
  socket: TLSSocket,
  peer: PeerCertificate | undefined,
  { relaxed }: Mirrored,
  stapled: Buffer | undefined,
): Problem | undefined {
  const revoked = stapled && revocation(stapled, peer, now())
  if (revoked) return revoked
  if (!socket.authorized) return weakness(peer, unverified(socket, peer))
  return relaxed ? chainWeakness(peer) : undefined
}

function standing(
  socket: TLSSocket,
  peer: PeerCertificate | undefined,
  tolerated: Problem | undefined,
  choice: Choice | undefined,
): Upstream {
  const certificate = peer?.raw
  const upstream: Upstream = {
    socket,
    ...(choice ? { choice } : {}),
    ...(peer ? { keyType: peer.publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec' } : {}),
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    ...(certificate ? { certificate } : {}),
    ...(tolerated ? { tolerated } : {}),
  }
  socket.on('error', error => {
    upstream.lateError ??= error
    socket.destroy() // after a TLS error neither its end nor what is written to it would come through
  })
  return upstream
}

/** What Node says was agreed; `none` where it cannot say. */
export function agreedOn(socket: TLSSocket): Agreed {
  return {
    version: socket.getProtocol() ?? 'none',
    cipherSuite: socket.getCipher()?.standardName ?? 'none',
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    resumed: socket.isSessionReused(),
  }
}

/** Of the ticket that the hello offers, for the binder in it. */
function ticketKeyLines(session: Buffer | undefined): Buffer[] {
  try {
    const state = session && readSessionState(session)
    return state?.ticket ? [Buffer.from(ticketKeyLine(state.ticket, state.psk))] : []
  } catch {
    return [] // a session of another kind of OpenSSL; then the binder stays unchecked
  }
}

function unverified({ authorizationError }: TLSSocket, peer: PeerCertificate | undefined): Problem {
  const error = authorizationError as (Error & { code?: string }) | string | undefined
  const code = typeof error === 'string' ? error : (error?.code ?? error?.message ?? 'unknown')
  return verificationProblem(code, certificateDetail(code, peer, now()))
}

const silence = (): NodeJS.ErrnoException => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })

const gone = (): NodeJS.ErrnoException => Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
