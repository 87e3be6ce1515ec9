import type { MirrorGap } from '../../model/connection.ts'
import { isProblem } from '../../model/problem.ts'
import { orOfScript } from '../../problem/from-script.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { isUnspoken } from '../../wire/tls/client/hello/unspoken.ts'
import { tls12 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { oldestOf } from '../hello/tls-wishes.ts'
import { versionNumbers } from '../hello/version-options.ts'
import { defaultMinTls } from '../hello/versions.ts'
import { http1 } from '../leg/alpn.ts'
import { markOf } from '../leg/client-certificate.ts'
import { type ExactTls, whyOpenssl } from '../leg/exact/exact-tls.ts'
import { secureExactly, Unfollowed } from '../leg/exact/exact-upstream.ts'
import { identityOf } from '../leg/exact/identity.ts'
import { secureByOpenssl } from '../leg/openssl-upstream.ts'
import type { SessionPair } from '../leg/resumption.ts'
import type { Upstream, UpstreamOptions } from '../leg/upstream.ts'
import { now } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { changesFor, exactHello, type HelloWishes, tooOld } from './exact-hello.ts'
import { mirroredFor, type RuledTls, ruledTls } from './ruled-tls.ts'
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
  /** Reaches the server once more; absent where what was said before TLS cannot be said again. */
  readonly again?: (() => Promise<WireTap | Problem>) | undefined
}

/** What both ways to speak with the server need. */
interface Wanted extends RuledTls, HelloWishes {
  /** As far as it is meant for the server. */
  readonly hello: ClientHello | undefined
  /** Of the offer, because of a script. */
  readonly withheld: readonly MirrorGap[]
  readonly pair: SessionPair
  readonly earlier: SessionPair | undefined
  readonly common: Omit<UpstreamOptions, 'tap'>
}

/** Finishes TLS with the server, in the client's own words. `seen` is absent where its hello cannot be read. */
export async function secureServer(
  scope: TunnelScope,
  tap: WireTap,
  seen: SeenHello | undefined,
  wishes: ServerWishes,
): Promise<SecuredServer | Problem> {
  const ruled = ruledTls(scope, wishes.host)
  if (isProblem(ruled)) {
    tap.destroy()
    return ruled
  }
  const wanted = wantedOf(scope, seen, wishes, ruled)
  const secured = await byEither(scope, tap, wanted, wishes.again)
  return isProblem(secured) && wishes.scripted && withholds(seen?.hello) ? orOfScript(secured) : secured
}

function wantedOf(scope: TunnelScope, seen: SeenHello | undefined, wishes: ServerWishes, ruled: RuledTls): Wanted {
  const { services, connection, client, target, tell, reverse } = scope
  const { resumption, options, tape } = services
  const { host, scripted = false } = wishes
  const hello = scripted ? withHttp1Alone(seen?.hello) : seen?.hello
  const { identity, verify } = ruled
  const parties = `${client.remoteAddress} ${target.host}:${target.port} ${host} ${hello?.serverName ?? ''}`
  const where = `${parties} ${verify} ${identity ? markOf(identity) : ''}` // a session stands for both proofs of it
  const earlier = resumption.recall(hello, where)
  for (const line of resumption.ticketKeyLines(hello)) tape.keyLog(connection, 'client', now(), Buffer.from(line))
  if (earlier) tell({ type: 'recalled', earlier: earlier.connection })
  const serverName = reverse ? host : hello?.serverName // of one that takes Parley for its server its own cannot be meant
  return {
    ...ruled,
    oldest: versionNumbers[oldestOf(ruled.wishes, options.minTls ?? defaultMinTls)],
    ...{ seen, hello, serverName, earlier },
    alpn: hello ? hello.alpn : wishes.alpn,
    withheld: scripted ? alpnGap(seen?.hello) : [],
    pair: resumption.open(where, connection),
    common: {
      ...{ tape, connection, host, verify, timeout: options.timeouts.handshake },
      ...(serverName ? { serverName } : {}),
      hasCertificate: identity !== undefined,
    },
  }
}

/** Parley's own TLS client speaks where it can say the client's hello, and OpenSSL's where not, or where the server wants more. */
async function byEither(
  scope: TunnelScope,
  tap: WireTap,
  wanted: Wanted,
  again: ServerWishes['again'],
): Promise<SecuredServer | Problem> {
  const { services, target, tell } = scope
  const { exact } = services
  const hello = exact && exactHello(scope, wanted)
  if (!exact || !hello) return byOpenssl(scope, tap, wanted)
  const obstacle = tooOld(hello, wanted.oldest) ?? (await exact.obstacle(target, hello.hello))
  if (obstacle !== undefined) {
    tell({ type: 'openssl-spoke', why: obstacle })
    return byOpenssl(scope, tap, wanted)
  }
  const next = exact.wanted === 'exact' ? undefined : again
  const secured = await byOwnClient(scope, exact, tap, wanted, hello, next !== undefined)
  if (!(secured instanceof Unfollowed)) return secured
  if (!next) {
    exact.remember(target, hello.hello, secured)
    return problemOf('tls/not-followed', { detail: secured.choice })
  }
  const dialled = await next()
  if (isProblem(dialled)) return dialled
  tell({ type: 'openssl-spoke', why: whyOpenssl(secured) })
  const byOther = await byOpenssl(scope, dialled, wanted)
  // What cannot be followed is not signed: anybody on the way may have said it.
  if (!isProblem(byOther) && byOther.upstream.choice && isUnspoken(byOther.upstream.choice))
    exact.remember(target, hello.hello, secured)
  return byOther
}

async function byOwnClient(
  scope: TunnelScope,
  exact: ExactTls,
  tap: WireTap,
  wanted: Wanted,
  seen: SeenHello,
  isRepeatable: boolean,
): Promise<SecuredServer | Problem | Unfollowed> {
  const { common, hello, oldest, identity, pair, earlier, withheld: gaps } = wanted
  const changes = await changesFor(scope, seen, wanted)
  scope.tell({ type: 'mirrored', gaps })
  const upstream = await secureExactly({
    ...common,
    ...{ tap, changes, records: seen.records, hello: seen.message, oldestVersion: oldest },
    allowMacThenEncrypt: exact.wanted === 'exact',
    isRepeatable,
    judge: (chain, host, version) => exact.judge(chain, { host, allowsWeak: version < tls12 }),
    ...(hello && { mirroredHello: hello }),
    identity: identity && identityOf(identity),
    session: earlier?.upstream?.by === 'exact' ? earlier.upstream.session : undefined,
    onSession: session => {
      pair.upstream = { by: 'exact', session }
    },
  })
  return isProblem(upstream) || upstream instanceof Unfollowed ? upstream : { upstream, pair, gaps }
}

async function byOpenssl(scope: TunnelScope, tap: WireTap, wanted: Wanted): Promise<SecuredServer | Problem> {
  const { common, seen, hello, alpn, pair, earlier, withheld } = wanted
  const mirrored = mirroredFor(scope, seen, wanted)
  if (isProblem(mirrored)) {
    tap.destroy()
    return mirrored
  }
  const gaps = mirrored.gaps && [...mirrored.gaps, ...withheld]
  if (gaps) scope.tell({ type: 'mirrored', gaps })
  const upstream = await secureByOpenssl({
    ...common,
    ...{ tap, mirrored },
    ...(alpn ? { alpn } : {}),
    ...(earlier?.upstream?.by === 'openssl' ? { session: earlier.upstream.session } : {}),
    onSession: session => {
      pair.upstream = { by: 'openssl', session }
    },
    ...(gaps && hello ? { mirroredHello: hello } : {}),
  })
  return isProblem(upstream) ? upstream : { upstream, pair, ...(gaps ? { gaps } : {}) }
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
