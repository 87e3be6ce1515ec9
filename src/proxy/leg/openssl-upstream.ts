import net from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import { serverProblem } from '../../problem/from-server.ts'
import type { Problem } from '../../problem/problem.ts'
import { ticketKeyLine } from '../../wire/tls/key-log.ts'
import { tls13 } from '../../wire/tls/registry/versions.ts'
import type { Mirrored } from '../hello/mirror.ts'
import { now } from '../ports.ts'
import { agreedOn } from './agreed.ts'
import { alpnList } from './alpn.ts'
import { type Choice, readChoice } from './choice.ts'
import { asksForCertificate, lastAlert } from './flight.ts'
import type { PeerCertificate } from './peer-certificate.ts'
import { clearAlert, sealedAlert } from './refusal-alert.ts'
import { guardIdentity } from './server-identity.ts'
import { readSessionState } from './session-state.ts'
import type { Upstream, UpstreamOptions } from './upstream.ts'
import { earlyCode, type Fault, faultOf, verifiedCode } from './verification.ts'

const leastDh = 2048 // bits; OpenSSL's security level 2

/** OpenSSL's own TLS client, with a hello that is as much like the client's as it can make it. */
export interface OpensslOptions extends UpstreamOptions {
  readonly mirrored: Mirrored
  /** What the client offers, in its order. */
  readonly alpn?: readonly string[]
  /** Of an earlier connection, to be resumed. */
  readonly session?: Buffer
  /** Told of every session that the server gives. */
  readonly onSession?: (session: Buffer) => void
}

/** Finishes TLS with the server. Resolves to the Problem when it fails; the socket is gone then. */
export function secureByOpenssl(options: OpensslOptions): Promise<Upstream | Problem> {
  const { tap, tape, connection, mirroredHello, hasCertificate: hadCertificate, timeout, verify } = options
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
    const refuse = ({ problem }: Fault, said: Buffer | undefined): void => {
      tap.beforeWrite = undefined
      if (said) tap.write(said)
      tap.beforeWrite = () => false // what OpenSSL has ready instead
      fail(problem)
    }
    const onError = (error: Error): void => {
      const { closed, bytes } = tap
      const [first] = heard.flight
      const received = bytes.toClient
      const flight = Buffer.concat(heard.flight)
      const [asked, warning] = [asksForCertificate(flight), lastAlert(flight)]
      const said = { received, first, asked, warning }
      fail(serverProblem(error, { closed, unheard, ...said, hadCertificate, offer: mirroredHello }))
    }
    const timer = setTimeout(() => onError(silence()), timeout)
    const onClose = (): void => onError(gone())
    socket.once('error', onError).once('close', onClose)
    if (tap.destroyed) onClose() // it went before its turn came, and will not close again
    if (verify) judgeBeforeAnswer(options, socket, heard, refuse)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', onError).off('close', onClose)
      tap.off('data', keep)
      const peer = socket.getPeerX509Certificate()
      const { relaxed } = options.mirrored
      const wrong = faultOf({ peer, code: verifiedCode(socket), stapled: heard.stapled, relaxed })
      if (wrong && verify) return refuse(wrong, lateRefusal(wrong, heard, socket))
      tap.beforeWrite = undefined
      tap.settle(socket)
      tellSecured(options, socket)
      socket.once('error', () => tape.event(connection, now(), { type: 'spoilt', leg: 'upstream' }))
      resolve(standing(options, heard, socket, peer, wrong?.problem))
    })
  })
}

function tellSecured({ tape, connection }: OpensslOptions, socket: TLSSocket): void {
  tape.event(connection, now(), { type: 'secured', leg: 'upstream', at: now(), agreed: agreedOn(socket) })
}

const [handshake, clientHello] = [22, 1]

/**
 * Up to TLS 1.2 the client answers the server's certificate in clear, and the server says the last word of the
 * handshake: then it is too late to refuse. So the certificate is judged when that answer is about to go out.
 */
function judgeBeforeAnswer(
  { tap, mirrored, serverName, host }: OpensslOptions,
  socket: TLSSocket,
  heard: Heard,
  refuse: (fault: Fault, said: Buffer) => void,
): void {
  tap.beforeWrite = bytes => {
    if (bytes[0] !== handshake || bytes[5] === clientHello) return true
    const peer = socket.getPeerX509Certificate()
    const code = earlyCode(socket, peer, serverName || host)
    const fault = faultOf({ peer, code, stapled: heard.stapled, relaxed: mirrored.relaxed })
    if (fault) process.nextTick(refuse, fault, clearAlert(fault.alert)) // OpenSSL is at work
    tap.beforeWrite = fault ? () => false : undefined
    return !fault
  }
}

/**
 * In TLS 1.3, and before it where a session is resumed, the handshake is over before the client's last flight has gone
 * out: an alert takes its place. In TLS 1.2 nothing of the client's is sealed yet.
 */
function lateRefusal({ alert }: Fault, { flight, clientSecret }: Heard, socket: TLSSocket): Buffer | undefined {
  if (socket.getProtocol() !== 'TLSv1.3') return socket.isSessionReused() ? clearAlert(alert) : undefined
  const choice = readChoice(Buffer.concat(flight), undefined)
  return choice && clientSecret && sealedAlert(alert, choice.cipherSuite, clientSecret)
}

function openTls(options: OpensslOptions): TLSSocket {
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
  guardIdentity(socket)
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
  /** The handshake traffic secrets of TLS 1.3. */
  serverSecret?: Buffer
  clientSecret?: Buffer
}

const secretLine = /^(SERVER|CLIENT)_HANDSHAKE_TRAFFIC_SECRET \w+ (\w+)/

function listenFor(socket: TLSSocket, heard: Heard): void {
  const onKey = (line: Buffer): void => {
    const [, whose, secret = ''] = secretLine.exec(line.toString('latin1')) ?? []
    if (whose) heard[whose === 'SERVER' ? 'serverSecret' : 'clientSecret'] = Buffer.from(secret, 'hex')
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

function standing(
  { hasCertificate: hadCertificate = false, mirrored }: OpensslOptions,
  heard: Heard,
  socket: TLSSocket,
  peer: PeerCertificate | undefined,
  tolerated: Problem | undefined,
): Upstream {
  const certificate = peer?.raw
  const choice = choiceIn(heard, peer, mirrored)
  const upstream: Upstream = {
    socket,
    agreed: agreedOn(socket),
    hadCertificate,
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

/** Of the ticket that the hello offers, for the binder in it. */
function ticketKeyLines(session: Buffer | undefined): Buffer[] {
  try {
    const state = session && readSessionState(session)
    return state?.ticket ? [Buffer.from(ticketKeyLine(state.ticket, state.psk))] : []
  } catch {
    return [] // a session of another kind of OpenSSL; then the binder stays unchecked
  }
}

const silence = (): NodeJS.ErrnoException => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })

const gone = (): NodeJS.ErrnoException => Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
