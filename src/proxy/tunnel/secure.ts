import type { TLSSocket } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { isProblem } from '../../model/problem.ts'
import { orOfScript } from '../../problem/from-script.ts'
import type { Problem } from '../../problem/problem.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { tlsWishes } from '../hello/tls-wishes.ts'
import { http1 } from '../leg/alpn.ts'
import type { Choice } from '../leg/choice.ts'
import { takesWeakOnly } from '../leg/choose-alike.ts'
import { secureClient } from '../leg/client.ts'
import { leafKeyFor, leafSignatureFor } from '../leg/leaf-key.ts'
import type { SessionPair } from '../leg/resumption.ts'
import { secureUpstream, type Upstream } from '../leg/upstream.ts'
import { type Leaf, type LeafKeyType, now } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { ruledTls } from './ruled-tls.ts'
import type { TunnelScope } from './scope.ts'

/** The upstream leg, secured, and what the client leg needs to be like it. */
export interface SecuredServer {
  readonly upstream: Upstream
  readonly pair: SessionPair
  /** What of the client's offer the server did not see; absent where it saw another one. */
  readonly gaps?: readonly MirrorGap[]
}

export interface ServerWishes {
  readonly host: string
  /** Only http/1.1 is offered of the client's protocols: scripts speak nothing else. */
  readonly scripted?: boolean
  /** What to offer for a client that says no hello. */
  readonly alpn?: readonly string[] | undefined
}

/** Finishes TLS with the server, in the client's own words. `seen` is absent where its hello cannot be read. */
export async function secureServer(
  scope: TunnelScope,
  tap: WireTap,
  seen: SeenHello | undefined,
  { host, scripted = false, alpn }: ServerWishes,
): Promise<SecuredServer | Problem> {
  const { services, connection, client, target, tell } = scope
  const { resumption, options, tape } = services
  const ruled = ruledTls(scope, seen, host)
  if (isProblem(ruled)) {
    tap.destroy()
    return ruled
  }
  const { mirrored, hasCertificate, verify } = ruled
  const hello = scripted ? withHttp1Alone(seen?.hello) : seen?.hello
  const where = `${client.remoteAddress} ${target.host}:${target.port} ${hello?.serverName ?? ''}`
  const earlier = resumption.recall(hello, where)
  for (const line of resumption.ticketKeyLines(hello)) tape.keyLog(connection, 'client', now(), Buffer.from(line))
  if (earlier) tell({ type: 'recalled', earlier: earlier.connection })
  const pair = resumption.open(where, connection)
  const offered = hello ? hello.alpn : alpn
  const gaps = mirrored.gaps && [...mirrored.gaps, ...(scripted ? alpnGap(seen?.hello) : [])]
  if (gaps) tell({ type: 'mirrored', gaps })
  const upstream = await secureUpstream({
    tap,
    tape,
    connection,
    mirrored,
    ...serverNameFor(scope, hello, host),
    host,
    ...(offered ? { alpn: offered } : {}),
    ...(earlier?.upstream ? { session: earlier.upstream } : {}),
    onSession: session => {
      pair.upstream = session
    },
    ...(gaps && hello ? { mirroredHello: hello } : {}),
    hasCertificate,
    verify,
    timeout: options.timeouts.handshake,
  })
  if (isProblem(upstream)) return scripted && withholds(seen?.hello) ? orOfScript(upstream) : upstream
  return { upstream, pair, ...(gaps ? { gaps } : {}) }
}

/** The client's own; of one that takes Parley for its server, that of the server where its own cannot be meant. */
function serverNameFor(
  { reverse }: TunnelScope,
  hello: ClientHello | undefined,
  host: string,
): { readonly serverName?: string } {
  const serverName = reverse ? host : hello?.serverName
  return serverName ? { serverName } : {}
}

/** Which server is meant: the one that the client names, but for a name that only leads to Parley. */
export function hostMeant({ target, reverse }: TunnelScope, serverName: string | undefined): string {
  const own = reverse && serverName !== undefined && /^localhost\.?$/i.test(serverName)
  return own ? target.host : (serverName ?? target.host)
}

const withHttp1Alone = (hello: ClientHello | undefined): ClientHello | undefined =>
  hello?.alpn ? { ...hello, alpn: [http1] } : hello

/** Whether the client offers more than scripts speak. */
export const withholds = (hello: ClientHello | undefined): boolean =>
  hello?.alpn?.some(protocol => protocol !== http1) === true

const alpnExtension = 16 // RFC 7301 3.1

const alpnGap = (hello: ClientHello | undefined): readonly MirrorGap[] =>
  withholds(hello)
    ? [{ kind: 'extension', id: alpnExtension, reason: 'http/1.1 alone, because a script runs on this host' }]
    : []

export interface ClientWishes {
  /** Which server is meant. */
  readonly host: string
  readonly leaf: Leaf
  /** The one protocol to agree on; absent where none is to be negotiated. */
  readonly alpn: string | undefined
  /** Whose tickets this client is given. */
  readonly pair: SessionPair
  /** The client's hello; absent where its sessions are not kept by their id. */
  readonly hello?: SeenHello['hello'] | undefined
  /** What the server chose, to be chosen here as well. */
  readonly choice?: Choice | undefined
  /** The client takes nothing but what security level 2 forbids. */
  readonly weak?: boolean | undefined
}

/** Finishes TLS with the client, with this leaf and this protocol. */
export function secureClientLeg(scope: TunnelScope, wished: ClientWishes): Promise<TLSSocket | Problem> {
  const { services, connection, client, tell } = scope
  const { leaf, alpn, pair, hello, choice, weak, host } = wished
  const wishes = tlsWishes(host, scope.ruling, services.options.minTlsOf)
  const { secureContext, gaps } = services.clientContexts.contextFor(leaf, { choice, weak: weak === true, wishes })
  if (choice) tell({ type: 'choice-mirrored', gaps })
  return secureClient({
    tap: client,
    tape: services.tape,
    connection,
    secureContext,
    keeper: services.resumption.keeperFor(hello),
    naming: services.resumption.name(client, pair),
    ...(alpn ? { alpn } : {}),
    timeout: services.options.timeouts.handshake,
  })
}

/** HTTP/1.1 where it is offered, else what the client likes most. */
export const protocolFor = (hello: ClientHello | undefined): string | undefined =>
  hello?.alpn?.includes(http1) ? http1 : hello?.alpn?.[0]

/** Finishes TLS with a client whose server has chosen nothing. Undefined where no certificate can carry its name. */
export async function secureClientAlone(
  scope: TunnelScope,
  host: string,
  hello: ClientHello | undefined,
  alpn: string | undefined,
): Promise<TLSSocket | Problem | undefined> {
  const { services, connection, client } = scope
  const leaf = await leafFor(scope, host, hello, leafKeyFor(hello)).catch(() => undefined)
  if (!leaf) return void client.destroy()
  const pair = services.resumption.open('', connection) // there is no upstream session to resume
  return secureClientLeg(scope, { host, leaf, alpn, pair, weak: hello && takesWeakOnly(hello) })
}

/** For the name that the client asked for; for that of its target where no certificate can carry what it asked for. */
export async function leafFor(
  { services: { leaves }, target, reverse }: TunnelScope,
  host: string,
  hello: ClientHello | undefined,
  like?: Buffer | LeafKeyType,
): Promise<Leaf> {
  const signature = leafSignatureFor(hello)
  const name = reverse ? (hello?.serverName ?? reverse.ownAddress) : host
  if (name !== target.host && !isPlain(name)) return leaves.leafFor(target.host, like, signature)
  try {
    return await leaves.leafFor(name, like, signature)
  } catch (error) {
    if (name === target.host) throw error
    return leaves.leafFor(target.host, like, signature)
  }
}

/** RFC 6066 3: a server name is ASCII without a last dot; to map others, as an address bar does, makes another name of it. */
const isPlain = (name: string): boolean => /^[\x21-\x7e]*[\x21-\x2d\x2f-\x7e]$/.test(name)
