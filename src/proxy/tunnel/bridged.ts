import type { Duplex } from 'node:stream'
import { isProblem } from '../../model/problem.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { http1 } from '../leg/alpn.ts'
import { relayOpaque } from '../relay/opaque.ts'
import { JsTap } from '../socket/js-tap.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import type { Dialling } from './dialling.ts'
import type { FirstWords } from './first-words.ts'
import { claimedClear, relayClear } from './relay-clear.ts'
import type { TunnelScope } from './scope.ts'
import { protocolFor, secureClientAlone } from './secure.ts'
import { secureServer } from './secure-server.ts'
import { spokenIn } from './spoken.ts'
import { relayUnread } from './unopened.ts'

/** The client speaks in clear, its server TLS. */
export async function relayToTls(
  scope: TunnelScope,
  words: FirstWords,
  dialled: WireTap,
  dialling: Dialling,
): Promise<void> {
  const { services, connection, client, target, tell } = scope
  tell({ type: 'treated', treatment: 'observe' })
  const spoken = spokenIn(client.unread)
  const server = await secureServer(scope, dialled, undefined, { host: target.host, alpn: spoken && [spoken] })
  if (isProblem(server)) return void (await relayUnread(scope, words, server, dialling))
  const { socket, tolerated } = server.upstream
  if (tolerated) tell({ type: 'tolerated', problem: tolerated })
  client.ignore()
  dialling.handOver()
  const upstream = contentOf(scope, socket, 'upstream')
  const claimed = claimedClear(scope, spoken, 'https', dialled)
  if (claimed) return relayClear(scope, client, upstream, claimed)
  await relayOpaque({ client, upstream, tape: services.tape, connection, tls: false })
}

/** The client speaks TLS, its server in clear. */
export async function relayFromTls(
  scope: TunnelScope,
  hello: ClientHello | undefined,
  host: string,
  dialled: WireTap,
  dialling: Dialling,
): Promise<void> {
  const { services, connection, tell } = scope
  const alpn = protocolFor(hello)
  const socket = await secureClientAlone(scope, host, hello, alpn)
  if (!socket || isProblem(socket)) {
    if (socket) tell({ type: 'failed', problem: socket })
    return void dialled.destroy()
  }
  dialled.ignore()
  dialling.handOver()
  const client = contentOf(scope, socket, 'client')
  const claimed = alpn === http1 ? claimedClear(scope, alpn, 'http', dialled) : undefined
  if (claimed) return relayClear(scope, client, dialled, claimed)
  await relayOpaque({ client, upstream: dialled, tape: services.tape, connection, tls: false })
}

/** What is inside TLS, as a relay takes it. The tape gets it from the relay. */
export function contentOf({ services, connection }: TunnelScope, socket: Duplex, leg: 'client' | 'upstream'): WireTap {
  const tap = new JsTap({ socket, tape: services.tape, connection, leg })
  tap.on('error', () => {})
  tap.ignore()
  return tap
}
