import type { Duplex } from 'node:stream'
import { hostAndPort } from '../../model/host-and-port.ts'
import { isProblem } from '../../model/problem.ts'
import type { Problem } from '../../problem/problem.ts'
import type { Claims } from '../../rules/claims.ts'
import { openNowhere } from '../dial/nowhere.ts'
import { Once } from '../once.ts'
import { coreFor } from '../relay/acting/core-for.ts'
import { relayActing } from '../relay/acting/relay-acting.ts'
import { isSiteHost } from '../site/site-host.ts'
import type { Peer } from '../socket/peer.ts'
import { WireStream } from '../socket/wire-stream.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { type FirstWords, peekHello } from './first-words.ts'
import { factsOf } from './ruling.ts'
import type { TunnelScope } from './scope.ts'
import { spokenIn } from './spoken.ts'

/** Who may claim what is said in HTTP inside a tunnel, and which HTTP it is. */
export interface ClaimedClear {
  readonly claims: Claims
  /** By ALPN's name. */
  readonly alpn: 'h2' | 'http/1.1'
  /** Of what the client asks for: https where its server speaks TLS though it does not, or the other way round. */
  readonly scheme: 'http' | 'https'
}

/** Somebody may claim what a client says that begins so; undefined where nobody may, or it is no HTTP. */
export function claimedClear(
  scope: TunnelScope,
  alpn: ClaimedClear['alpn'] | undefined,
  scheme: ClaimedClear['scheme'],
  server?: Peer,
): ClaimedClear | undefined {
  const { services, target } = scope
  if (!alpn || isSiteHost(target.host)) return undefined
  const claims = services.rulings?.claims({ ...factsOf(scope, target.host, undefined, server), scheme, alpn })
  return claims && { claims, alpn, scheme }
}

/** The same by the first bytes of a client in clear. */
export const claimedByWords = (scope: TunnelScope, server?: Peer): ClaimedClear | undefined =>
  claimedClear(scope, spokenIn(scope.client.unread), 'http', server)

/**
 * What the client says where its server has spoken first, as HTTP/2 does with its SETTINGS (RFC 9113 3.4), and somebody may
 * claim what follows; else nothing yet.
 */
export async function hearHttp2(scope: TunnelScope, before: FirstWords, server: WireTap): Promise<FirstWords> {
  if (before.kind !== 'silent' || !beginsWithSettings(server.unread)) return before
  if (!claimedClear(scope, 'h2', 'http', server)) return before
  return peekHello(scope.client, scope.services.options.timeouts.hello, new Once())
}

const settings = 4 // RFC 9113 6.5: its type, on stream 0, in settings of six bytes

const beginsWithSettings = (bytes: Buffer): boolean =>
  bytes.length >= 9 && bytes[3] === settings && bytes.readUInt32BE(5) === 0 && bytes.readUIntBE(0, 3) % 6 === 0

/**
 * Relays HTTP of which one leg at least is in clear, and acts on it. Where no server can be had, or none is asked (undefined),
 * rules answer all the same.
 */
export async function relayClear(
  { services, connection, target, tell }: TunnelScope,
  client: WireTap,
  server: WireTap | Problem | undefined,
  { claims, alpn, scheme }: ClaimedClear,
): Promise<void> {
  tell({ type: 'treated', treatment: 'rewrite' })
  const failed = server && isProblem(server) ? server : undefined
  const upstream: Duplex =
    server && !isProblem(server)
      ? new WireStream(server)
      : await openNowhere(alpn, failed, () => failed && tell({ type: 'failed', problem: failed }))
  await relayActing({
    client: new WireStream(client),
    upstream,
    tape: services.tape,
    connection,
    coreOf: coreFor(alpn, claims, { scheme, authority: hostAndPort(target) }),
    reset() {
      client.reset()
      upstream.destroy()
    },
    elsewhere: asked => services.sender.elsewhere(connection, asked),
  })
}
