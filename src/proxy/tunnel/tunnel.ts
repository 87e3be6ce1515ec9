import type { ConnectionId, Target, Treatment } from '../../model/connection.ts'
import { isProblem } from '../../model/problem.ts'
import { orOfParley } from '../../problem/from-client.ts'
import { lateProblem } from '../../problem/from-server.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { type SeenHello, seeHello } from '../hello/seen-hello.ts'
import { isAddress } from '../host-pattern.ts'
import { offeredOf, takesWeakOnly } from '../leg/choose-alike.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { isSiteHost } from '../site/site-host.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { matchesTarget } from '../target-pattern.ts'
import { relayFromTls, relayToTls } from './bridged.ts'
import { Dialling } from './dialling.ts'
import { type FirstWords, hearClient } from './first-words.ts'
import { answer } from './late-answer.ts'
import { serveOffline, serveWithout } from './offline.ts'
import { serveOwnSite } from './own-site.ts'
import { claimedByWords, hearHttp2, relayClear } from './relay-clear.ts'
import { relaySecured } from './relay-secured.ts'
import { isRefusal, refuseByRule, rulingFor } from './ruling.ts'
import { type Reverse, type TunnelScope, tellClosed } from './scope.ts'
import { isScripted } from './scripted.ts'
import { hostMeant, leafFor, secureClientLeg } from './secure.ts'
import { type SecuredServer, secureServer } from './secure-server.ts'
import { hearInTls, watchFor } from './starttls/go-on.ts'
import { abandon, leave, passThrough, refuse, relayUnread } from './unopened.ts'

const helloBytes = 8192 // what one that comes in pieces may take

/** One tunnel from the client's first byte inside it to the end of both legs. Never throws. */
export function tunnel(
  services: Services,
  connection: ConnectionId,
  client: WireTap,
  target: Target,
  reverse?: Reverse,
): Promise<void> {
  const tell: TunnelScope['tell'] = event => services.tape.event(connection, now(), event)
  const scope = { services, connection, client, target, reverse, tell }
  const open = run({ ...scope, ruling: rulingFor(scope, target.host) })
  services.tunnels.add(open)
  return open.finally(() => services.tunnels.delete(open))
}

async function run(scope: TunnelScope): Promise<void> {
  const { client, tell } = scope
  const { toServer, toClient } = client.bytes
  tell({ type: 'tls-started', leg: 'client', toServer: toServer - client.unread.length, toClient })
  const dialling = new Dialling(scope)
  try {
    await story(scope, dialling)
  } catch (error) {
    tell({ type: 'failed', problem: problemOf('proxy/internal', { detail: (error as Error).message }) })
    client.destroy()
    dialling.upstream?.destroy()
  } finally {
    tellClosed(scope, 'client', client)
    if (dialling.upstream) tellClosed(scope, 'upstream', dialling.upstream)
    tell({ type: 'closed', at: now() })
  }
}

/** Hear the client, reach the server; relay what is in clear. */
async function story(scope: TunnelScope, dialling: Dialling): Promise<void> {
  const { services, client, reverse } = scope
  services.lobby.waits(client, helloBytes)
  const { words, serverSpoke } = await hearClient(client, dialling, services.options.timeouts.hello)
  services.lobby.leaves(client)
  const dialled = await dialling.outcome()
  if (words.kind === 'gone' || (words.kind === 'silent' && !serverSpoke)) return leave(scope, words, dialled)
  if (words.kind === 'not-tls' && reverse?.secure && !isProblem(dialled))
    return relayToTls(scope, words, dialled, dialling)
  if (words.kind === 'hello') return meet(scope, dialling, words, dialled)
  const said = isProblem(dialled) ? words : await hearHttp2(scope, words, dialled)
  const claimed = said.kind === 'not-tls' && claimedByWords(scope, isProblem(dialled) ? undefined : dialled)
  if (claimed && (!isProblem(dialled) || !services.options.failAsServer)) {
    client.ignore()
    if (services.options.offline) {
      dialling.giveUp()
      return relayClear(scope, client, undefined, claimed)
    }
    if (!isProblem(dialled)) dialled.ignore()
    dialling.handOver()
    return relayClear(scope, client, dialled, claimed)
  }
  const isWatched = services.options.starttls && !isProblem(dialled)
  const watch = isWatched ? watchFor(words, client, dialled) : undefined
  const how = await relayUnread(scope, words, dialled, dialling, watch)
  if (how === 'upgraded') await goOnInTls(scope, dialling, dialled as WireTap)
}

/** Both sides have agreed to go on in TLS. */
async function goOnInTls(scope: TunnelScope, dialling: Dialling, dialled: WireTap): Promise<void> {
  const words = await hearInTls(scope, dialled)
  if (words.kind === 'hello') return meet(scope, dialling, words, dialled, true)
  if (words.kind === 'gone' || words.kind === 'silent') return leave(scope, words, dialled)
  await relayUnread(scope, words, dialled, dialling)
}

/** The client has said its hello: treat, secure both legs as the server chose, relay. */
async function meet(
  before: TunnelScope,
  dialling: Dialling,
  words: FirstWords & { readonly kind: 'hello' },
  reached: WireTap | Problem,
  upgraded = false,
): Promise<void> {
  const seen = seeHello(words.message, words.records)
  const serverName = seen?.hello.serverName
  const host = hostMeant(before, serverName)
  const ruling = rulingFor(before, host, serverName)
  const scope = { ...before, ruling }
  const { services, client, reverse, tell } = scope
  const dialled = await dialling.along(ruling, reached)
  tell({ type: 'hello-seen', ...(serverName ? { serverName } : {}) })
  if (client.closed) return abandon(scope, client.closed, dialled)
  if (isSiteHost(scope.target.host)) {
    dialling.giveUp()
    return serveOwnSite(scope, seen?.hello)
  }
  if (isRefusal(ruling)) return refuseByRule(scope, ruling, dialled)
  const scripted = isScripted(services, host, seen?.hello)
  const treatment = treat(scope, host, scripted, dialling.address)
  tell({ type: 'treated', treatment })
  if (treatment === 'pass-through') return passThrough(scope, dialled, dialling)
  if (treatment === 'refuse') return refuse(scope, problemOf('tls/outside-authority'), dialled)
  if (services.options.offline) {
    dialling.giveUp()
    return serveOffline(scope, seen, host)
  }
  if (isProblem(dialled)) return serveWithout(scope, dialled, seen, host)

  if (reverse?.secure === false) return relayFromTls(scope, seen?.hello, host, dialled, dialling)
  const again = upgraded ? undefined : () => dialling.again()
  const server = await secureServer(scope, dialled, seen, { host, scripted, again })
  if (client.closed) return abandon(scope, client.closed, dialled)
  if (isProblem(server)) return serveWithout(scope, server, seen, host)
  await join(scope, dialling, server, seen, host, scripted)
}

/** The server stands: secure the client as it chose, then relay. */
async function join(
  scope: TunnelScope,
  dialling: Dialling,
  { upstream, pair, gaps }: SecuredServer,
  seen: SeenHello | undefined,
  host: string,
  scripted: boolean,
): Promise<void> {
  const { services, tell } = scope
  const { alpn, tolerated } = upstream
  if (tolerated) tell({ type: 'tolerated', problem: tolerated })
  const hello = seen?.hello
  const leaf = await leafFor(scope, host, hello, tolerated ? upstream.keyType : upstream.certificate)
  const offered = hello && upstream.choice && offeredOf(upstream.choice, hello)
  const choice = services.options.mirrorChoice === false ? undefined : offered
  const weak = hello && takesWeakOnly(hello)
  const socket = await secureClientLeg(scope, { host, leaf, alpn, pair, hello, choice, weak })
  if (isProblem(socket)) {
    tell({ type: 'failed', problem: orOfParley(socket, offered ? [] : gaps) })
    upstream.socket.destroy()
    return
  }
  if (upstream.lateError) {
    const problem = lateProblem(upstream.lateError, upstream.hadCertificate)
    tell({ type: 'failed', problem })
    return answer(scope, problem, socket, alpn)
  }
  dialling.handOver()
  await relaySecured(scope, { client: socket, upstream, server: dialling.upstream, host, hello, scripted })
}

/** `host` is what the client names in its hello, else the target's; `address` is where that is. */
function treat({ services, target }: TunnelScope, host: string, scripted: boolean, address?: string): Treatment {
  const fits = (pattern: string): boolean =>
    matchesTarget(pattern, { host, port: target.port }, address ?? (isAddress(target.host) ? target.host : undefined))
  const { only = [] } = services.options
  if ([...services.passThrough].some(fits) || (only.length > 0 && !only.some(fits))) return 'pass-through'
  if (services.leaves.mayName?.(host) === false) return 'refuse'
  return scripted ? 'rewrite' : 'observe'
}
