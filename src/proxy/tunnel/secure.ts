import type { TLSSocket } from 'node:tls'
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
import type { Leaf, LeafKeyType } from '../ports.ts'
import type { TunnelScope } from './scope.ts'

/** Which server is meant: the one that the client names, but for a name that only leads to Parley. */
export function hostMeant({ target, reverse }: TunnelScope, serverName: string | undefined): string {
  const own = reverse && serverName !== undefined && /^localhost\.?$/i.test(serverName)
  return own ? target.host : (serverName ?? target.host)
}

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
