import type { TLSSocket } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import type { Problem } from '../../problem/problem.ts'
import { flagsOf } from '../../tape/entry.ts'
import { clientCertificateFor } from '../client-certificate.ts'
import { secureClient } from '../client-leg.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { type Leaf, type LeafKeyType, now } from '../ports.ts'
import { matchesHost } from '../services.ts'
import type { SessionPair } from '../sessions.ts'
import type { Tap } from '../tap.ts'
import { isProblem, secureUpstream, type Upstream } from '../upstream-leg.ts'
import type { TunnelScope } from './scope.ts'

const keyLogFlags = flagsOf('client', 'to-server')

/** The upstream leg, secured, and what the client leg needs to be like it. */
export interface SecuredServer {
  readonly upstream: Upstream
  readonly pair: SessionPair
  /** What of the client's offer the server did not see; absent where it saw another one. */
  readonly gaps?: readonly MirrorGap[]
}

/** Finishes TLS with the server, in the client's own words. `seen` is absent where its hello cannot be read. */
export async function secureServer(
  { services, connection, target, tell }: TunnelScope,
  tap: Tap,
  seen: SeenHello | undefined,
  host: string,
): Promise<SecuredServer | Problem> {
  const { sessions, options, tape } = services
  const hello = seen?.hello
  const where = `${target.host}:${target.port} ${hello?.serverName ?? ''}`
  const earlier = sessions.recall(hello, where)
  for (const line of sessions.ticketKeyLines(hello)) tape.keyLog(connection, keyLogFlags, now(), Buffer.from(line))
  const pair = sessions.open(where)
  const mirrored = await services.mirror.contextFor(seen, clientCertificateFor(host, options.clientCertificates))
  const { gaps } = mirrored
  if (gaps) tell({ type: 'mirrored', gaps })
  const upstream = await secureUpstream({
    tap,
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
    ...(gaps && hello ? { mirroredHello: hello } : {}),
    verify: options.verifyUpstream && !options.insecureHosts?.some(pattern => matchesHost(pattern, host)),
    timeout: options.timeouts.handshake,
  })
  if (isProblem(upstream)) return upstream
  return { upstream, pair, ...(gaps ? { gaps } : {}) }
}

export interface ClientWishes {
  readonly leaf: Leaf
  /** The one protocol to agree on; absent where none is to be negotiated. */
  readonly alpn: string | undefined
  /** Whose tickets this client is given. */
  readonly pair: SessionPair
  /** The client's hello; absent where its sessions are not to be kept by their id. */
  readonly hello?: SeenHello['hello'] | undefined
}

/** Finishes TLS with the client, with this leaf and this protocol. */
export function secureClientLeg(scope: TunnelScope, wishes: ClientWishes): Promise<TLSSocket | Problem> {
  const { services, connection, client } = scope
  const { leaf, alpn, pair, hello } = wishes
  return secureClient({
    tap: client,
    tape: services.tape,
    connection,
    secureContext: services.clientContexts.contextFor(leaf),
    keeper: services.sessions.keeperFor(hello),
    naming: services.sessions.name(client, pair),
    ...(alpn ? { alpn } : {}),
    timeout: services.options.timeouts.handshake,
  })
}

/** For the name that the client asked for; for that of its target where no certificate can carry what it asked for. */
export async function leafFor(
  { services, target }: TunnelScope,
  host: string,
  like?: Buffer | LeafKeyType,
): Promise<Leaf> {
  try {
    return await services.leaves.leafFor(host, like)
  } catch (error) {
    if (host === target.host) throw error
    return services.leaves.leafFor(target.host, like)
  }
}
