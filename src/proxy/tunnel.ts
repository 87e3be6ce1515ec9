import type { TLSSocket } from 'node:tls'
import type { ConnectionId, LegClosed, Target, Treatment } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { LegName } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import { flagsOf } from '../tape/entry.ts'
import { readClientHello } from '../wire/tls/messages/client-hello.ts'
import type { ClientHello } from '../wire/tls/values.ts'
import { clientCertificateFor } from './client-certificate.ts'
import { secureClient } from './client-leg.ts'
import { DialError, dial, resetAtOnce } from './dial.ts'
import { failureFrames, failureResponse, serveFailure } from './failure-page.ts'
import { type FirstWords, hurryWhenServerSpeaks, peekHello } from './hello-peek.ts'
import { leafKeyFor } from './leaf-key.ts'
import { type Leaf, type LeafKeyType, now } from './ports.ts'
import { relayOpaque } from './relay/opaque.ts'
import { relayVerbatim } from './relay/verbatim.ts'
import { matchesHost, type Services } from './services.ts'
import { StreamTap } from './stream-tap.ts'
import { Tap } from './tap.ts'
import { closedProblem } from './tls-problem.ts'
import { helloCutOff, internalProblem, lateProblem, orOfParley, spokeFirst } from './tunnel-problems.ts'
import { isProblem, secureUpstream } from './upstream-leg.ts'

const lastChance = 1000 // ms for a client whose server cannot be reached to ask, and to hear why
const keyLogFlags = flagsOf('client', 'to-server')

/** One CONNECT tunnel from the client's first byte inside it to the end of both legs. Never throws. */
export function tunnel(services: Services, connection: ConnectionId, client: Tap, target: Target): Promise<void> {
  const open = run(services, connection, client, target)
  services.tunnels.add(open)
  return open.finally(() => services.tunnels.delete(open))
}

async function run(services: Services, connection: ConnectionId, client: Tap, target: Target): Promise<void> {
  const { tape } = services
  const tell = (event: ConnectionEvent): void => tape.event(connection, now(), event)
  let upstream: Tap | undefined
  try {
    await story()
  } catch (error) {
    tell({ type: 'failed', problem: internalProblem(error as Error) })
    client.destroy()
    upstream?.destroy()
  } finally {
    tellClosed('client', client)
    if (upstream) tellClosed('upstream', upstream)
    tell({ type: 'closed', at: now() })
  }

  async function story(): Promise<void> {
    const { toServer, toClient } = client.bytes
    tell({ type: 'tls-started', leg: 'client', toServer: toServer - client.unread.length, toClient })
    const hurry = new AbortController()
    const givenUp = new AbortController()
    const dialling = openUpstream(hurry, givenUp.signal)
    const { hello: patience } = services.options.timeouts
    let waiting: NodeJS.Timeout | undefined
    void dialling.then(dialled => {
      if (!(dialled instanceof Tap)) waiting = setTimeout(() => hurry.abort(), Math.min(patience / 2, lastChance))
    })
    const words = await peekHello(client, patience, hurry.signal)
    clearTimeout(waiting)
    const serverSpoke = hurry.signal.aborted
    hurry.abort('heard') // a reason of its own: without one Node makes a DOMException with its stack
    if (words.kind === 'hello') client.hold(() => givenUp.abort())
    else if (words.kind === 'gone') givenUp.abort()
    const dialled = standing(await dialling)
    if (words.kind === 'gone' || (words.kind === 'silent' && !serverSpoke)) return leave(words, dialled)
    if (words.kind !== 'hello') return relayPlain(words, dialled)

    const hello = read(words.message)
    const host = hello?.serverName ?? target.host
    tell(hello?.serverName ? { type: 'hello-seen', serverName: hello.serverName } : { type: 'hello-seen' })
    if (client.closed) return abandon(client.closed, dialled)
    const treatment = treat(host)
    tell({ type: 'treated', treatment })
    if (treatment === 'pass-through') return passThrough(dialled)
    if (!(dialled instanceof Tap)) return explain(dialled, host, hello)

    const { sessions, options } = services
    const where = `${target.host}:${target.port} ${hello?.serverName ?? ''}`
    const earlier = sessions.recall(hello, where)
    for (const line of sessions.ticketKeyLines(hello)) tape.keyLog(connection, keyLogFlags, now(), Buffer.from(line))
    const pair = sessions.open(where)
    const identity = clientCertificateFor(host, options.clientCertificates)
    const mirrored = await services.mirror.contextFor(words.message, identity)
    if (mirrored.gaps) tell({ type: 'mirrored', gaps: mirrored.gaps })
    const secured = await secureUpstream({
      tap: dialled,
      tape,
      connection,
      mirrored,
      ...(hello?.serverName ? { serverName: hello.serverName } : {}),
      host,
      ...(hello?.alpn ? { alpn: hello.alpn } : {}),
      ...(earlier?.upstream ? { session: earlier.upstream } : {}),
      onSession: session => {
        pair.upstream = session
      },
      ...(mirrored.gaps && hello ? { mirroredHello: hello } : {}),
      verify: options.verifyUpstream && !options.insecureHosts?.some(pattern => matchesHost(pattern, host)),
      timeout: services.options.timeouts.handshake,
    })
    if (client.closed) return abandon(client.closed, dialled)
    if (isProblem(secured)) return explain(secured, host, hello)
    if (secured.tolerated) tell({ type: 'tolerated', problem: secured.tolerated })

    const leaf = await leafFor(host, secured.certificate)
    const socket = await secureClient({
      tap: client,
      tape,
      connection,
      secureContext: services.clientContexts.contextFor(leaf),
      keeper: sessions.keeperFor(hello),
      naming: sessions.name(client, pair),
      ...(secured.alpn ? { alpn: secured.alpn } : {}),
      timeout: services.options.timeouts.handshake,
    })
    if (isProblem(socket)) {
      tell({ type: 'failed', problem: orOfParley(socket, mirrored.gaps) })
      secured.socket.destroy()
      return
    }
    if (secured.lateError) {
      const problem = lateProblem(secured.lateError)
      tell({ type: 'failed', problem })
      return answer(problem, socket, secured.alpn)
    }
    client.off('close', dropUpstream)
    await relayVerbatim({
      client: socket,
      upstream: secured.socket,
      tape,
      connection,
      onSilentFailure: (error, asked) => lateFailure(error, asked, secured.alpn),
    })
  }

  /** Dials while the client still speaks, and hurries on if the server speaks first; in vain once it is given up. */
  async function openUpstream(hurry: AbortController, givenUp: AbortSignal): Promise<Tap | Problem> {
    try {
      const { hosts, timeouts } = services.options
      const socket = await dial(target, {
        hosts,
        timeout: timeouts.dial,
        tell,
        forbidden: services.isOurs,
        signal: givenUp,
      })
      const tap = new Tap({ socket, tape, connection, leg: 'upstream' })
      upstream = tap
      tell({ type: 'tls-started', leg: 'upstream', toServer: 0, toClient: 0 })
      if (!hurry.signal.aborted) hurryWhenServerSpeaks(tap, hurry)
      client.once('close', dropUpstream)
      givenUp.addEventListener('abort', () => tap.destroy(), { once: true })
      return tap
    } catch (error) {
      return error instanceof DialError ? error.problem : internalProblem(error as Error)
    }
  }

  /** Until a relay begins, which sees to it that what was said last still arrives. */
  function dropUpstream(): void {
    upstream?.destroy()
  }

  /** A server that hung up by now was as good as never reached. */
  function standing(dialled: Tap | Problem): Tap | Problem {
    return dialled instanceof Tap && dialled.closed?.how === 'reset' ? resetAtOnce(target) : dialled
  }

  function treat(host: string): Treatment {
    return [...services.passThrough].some(pattern => matchesHost(pattern, host)) ? 'pass-through' : 'observe'
  }

  /** The client went, or kept silent, before its hello was whole. */
  function leave(words: FirstWords & { readonly bytes: number }, dialled: Tap | Problem): void {
    const stopped = client.closed?.by === 'parley' // with the proxy
    if (words.bytes > 0 && !stopped) tell({ type: 'failed', problem: helloCutOff(words) })
    else if (words.kind === 'silent' && !(dialled instanceof Tap)) tell({ type: 'failed', problem: dialled })
    client.destroy()
    if (dialled instanceof Tap) dialled.destroy()
  }

  /** The client went while the server was asked. */
  function abandon(closed: LegClosed, dialled: Tap | Problem): void {
    if (closed.by !== 'parley') tell({ type: 'failed', problem: closedProblem('client', closed) })
    client.destroy()
    if (dialled instanceof Tap) dialled.destroy()
  }

  async function relayPlain(words: FirstWords, dialled: Tap | Problem): Promise<void> {
    tell({ type: 'treated', treatment: 'pass-through' })
    if (!(dialled instanceof Tap)) {
      tell({ type: 'failed', problem: dialled })
      if (isRequest(client.unread)) client.write(failureResponse(dialled))
      client.end()
      return gone(client, services.options.timeouts.handshake)
    }
    const tls = words.kind === 'odd-tls'
    if (!tls) dialled.ignore()
    if (words.kind === 'not-tls') client.ignore()
    if (words.kind === 'silent') client.doubt(() => tell({ type: 'failed', problem: spokeFirst }))
    client.off('close', dropUpstream)
    await relayOpaque({ client, upstream: dialled, tape, connection, tls })
  }

  /** Nobody but the server may say why it cannot be reached: the client would see a certificate that is not its. */
  async function passThrough(dialled: Tap | Problem): Promise<void> {
    tell({ type: 'protocol-known', protocol: 'tls' })
    if (!(dialled instanceof Tap)) {
      tell({ type: 'failed', problem: dialled })
      client.destroy()
      return
    }
    client.off('close', dropUpstream)
    await relayOpaque({ client, upstream: dialled, tape, connection, tls: true })
  }

  /** Upstream failed: finish the client's TLS all the same, and answer with the reason. */
  async function explain(problem: Problem, host: string, hello: ClientHello | undefined): Promise<void> {
    tell({ type: 'failed', problem })
    if (services.options.failAsServer) {
      client.destroy()
      return
    }
    const alpn = hello?.alpn?.includes('http/1.1') ? 'http/1.1' : hello?.alpn?.[0]
    const leaf = await leafFor(host, leafKeyFor(hello)).catch(() => undefined)
    if (!leaf) return void client.destroy() // no name that a certificate can carry
    const timeout = services.options.timeouts.handshake
    const secureContext = services.clientContexts.contextFor(leaf)
    const naming = services.sessions.name(client, services.sessions.open('')) // there is no upstream session to resume
    const given = alpn ? { alpn } : {}
    const socket = await secureClient({ tap: client, tape, connection, secureContext, naming, ...given, timeout })
    if (isProblem(socket)) return tell({ type: 'failed', problem: socket })
    await answer(problem, socket, alpn)
  }

  /** For the name that the client asked for; for that of its target where no certificate can carry what it asked for. */
  async function leafFor(host: string, like?: Buffer | LeafKeyType): Promise<Leaf> {
    try {
      return await services.leaves.leafFor(host, like)
    } catch (error) {
      if (host === target.host) throw error
      return services.leaves.leafFor(target.host, like)
    }
  }

  async function answer(problem: Problem, socket: TLSSocket, alpn: string | undefined): Promise<void> {
    if (socket.destroyed) return
    const stream = new StreamTap({ socket, tape, connection, leg: 'client' })
    stream.on('error', () => {})
    serveFailure(stream, alpn, problem)
    await new Promise(resolve => stream.once('close', resolve))
  }

  /** Words for a client that speaks HTTP and has asked for something; any other would read them as its server's. */
  function lateFailure(error: Error, asked: Buffer, alpn: string | undefined): Buffer | undefined {
    const problem = lateProblem(error)
    tell({ type: 'failed', problem })
    if (alpn === 'h2' && asked.length > 0) return failureFrames(problem)
    return (alpn ?? 'http/1.1').startsWith('http/1') && isRequest(asked) ? failureResponse(problem) : undefined
  }

  function tellClosed(leg: LegName, tap: Tap): void {
    tell({ type: 'leg-closed', leg, closed: tap.closed ?? { at: now(), by: 'parley', how: 'fin' }, bytes: tap.bytes })
  }
}

/** Waits until a client that was told the last has gone, for `patience` ms; what it still says is passed over. */
function gone(client: Tap, patience: number): Promise<void> {
  return new Promise(resolve => {
    if (client.destroyed) return resolve()
    const timer = setTimeout(() => client.destroy(), patience)
    client.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    client.resume()
  })
}

/** RFC 9112 3: a method and a space. */
const isRequest = (bytes: Buffer): boolean => /^[A-Z][A-Z_-]* /.test(bytes.toString('latin1', 0, 32))

function read(message: Buffer): ClientHello | undefined {
  try {
    return readClientHello(message)
  } catch {
    return undefined // the dissector names what is wrong with it; TLS itself decides what becomes of it
  }
}
