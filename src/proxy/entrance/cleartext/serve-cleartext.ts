import type { Duplex } from 'node:stream'
import type { ConnectionEvent } from '../../../model/connection-event.ts'
import { isProblem } from '../../../model/problem.ts'
import { failureOf } from '../../../problem/codes.ts'
import { answerProblem } from '../../../problem/from-request.ts'
import { loopProblem } from '../../../problem/from-system.ts'
import { type Problem, problemOf } from '../../../problem/problem.ts'
import type { Claims } from '../../../rules/claims.ts'
import type { Fault } from '../../../wire/fault.ts'
import type { AskedProxy } from '../../dial/asked-proxy.ts'
import { DialError } from '../../dial/dial.ts'
import { openNowhere } from '../../dial/nowhere.ts'
import { failureResponse } from '../../failure-page.ts'
import { now } from '../../ports.ts'
import { BesideScript } from '../../relay/acting/beside-script.ts'
import type { Services } from '../../services.ts'
import { isSiteHost } from '../../site/site-host.ts'
import { ContentTap } from '../../socket/content-tap.ts'
import type { Asking } from '../end-idle.ts'
import { refuse } from '../refuse.ts'
import { actingOrigin, claimsFor, wayFor } from './acting.ts'
import { askedOf, isAskedItself } from './asked-itself.ts'
import { CleartextRelay } from './cleartext-relay.ts'
import type { OriginConnection } from './origin-connection.ts'

export interface CleartextOptions {
  readonly services: Services
  readonly client: ContentTap
  /** Nothing is asked any more: what comes next may be a CONNECT. */
  readonly onIdle: () => void
  /** The client asks for a tunnel; `rest` is what it has said behind that. */
  readonly onConnect: (url: string, rest: Uint8Array) => void
}

export interface Cleartext extends Asking {
  /** Ends what is open for the client, and resolves when the tape has been told. */
  end(): Promise<void>
  /** A head takes too long: says so, and ends the client's connection. */
  late(): void
}

interface Scope {
  readonly services: Services
  readonly client: ContentTap
  /** Connections to origins that are open. */
  readonly legs: Set<ContentTap>
  readonly tell: (event: ConnectionEvent) => void
}

/** Serves one client's requests in clear, and tells the tape of the connections to their origins. */
export function serveCleartext({ services, client, onIdle, onConnect }: CleartextOptions): Cleartext {
  const legs = new Set<ContentTap>()
  const tell = (event: ConnectionEvent): void => services.tape.event(client.connection, now(), event)
  const scope: Scope = { services, client, legs, tell }
  const relay = new CleartextRelay(client, {
    dial: async origin => {
      const expected = claimsFor(services, client, origin)
      const reached = await dialOrigin(scope, origin, expected)
      const claims = isProblem(reached) ? expected : claimsFor(services, client, origin, reached.leg)
      if (isProblem(reached) && claims && !services.options.failAsServer)
        origin.connected(await withoutOrigin(scope, origin, reached, claims))
      else if (isProblem(reached)) relay.failed(origin, reached)
      else if (client.destroyed) reached.leg.destroy()
      else {
        const beside = claims && new BesideScript()
        const server = scripted(scope, origin, reached.leg, beside)
        const isScripted = server !== reached.leg
        const acting = claims
          ? actingOrigin(services, client, origin, server, claims, isScripted ? beside : undefined)
          : server
        origin.connected(acting, reached.askedProxy)
      }
    },
    targeted(target) {
      tell({ type: 'targeted', entrance: 'absolute-form', target })
      tell({ type: 'treated', treatment: isSiteHost(target.host) ? 'own' : 'rewrite' })
    },
    refusal: head => (isAskedItself(head, services) ? undefined : services.access.refusal(head)),
    asked: head => askedOf(head, services),
    fail: (problem, accept, kept) => answer(scope, problem, { accept, kept }),
    cut: problem => tell({ type: 'failed', problem }),
    refuse: fault => refuse(services, client, problemOf('proxy/bad-request', { detail: saying(fault) })),
    rewritten(exchange, head) {
      const lane = { connection: client.connection, leg: 'upstream', direction: 'to-server', exchange } as const
      services.tape.head(lane, now(), Buffer.from(head, 'latin1'))
    },
    connect: onConnect,
    idle: onIdle,
  })
  return {
    async end() {
      relay.end()
      await Promise.all([...legs].map(leg => new Promise(resolve => leg.once('close', resolve))))
    },
    late: () => answer(scope, problemOf('proxy/late-head'), { accept: '', kept: false }),
    get idle() {
      return relay.idle
    },
    get held() {
      return relay.held
    },
    get heads() {
      return relay.heads
    },
  }
}

const saying = ({ code, detail }: Fault): string => [failureOf(code)?.cause, detail].filter(Boolean).join(' ')

function answer(
  { services, client, tell }: Scope,
  problem: Problem,
  how: { readonly accept: string; readonly kept: boolean },
): void {
  tell({ type: 'failed', problem })
  if (services.options.failAsServer && problem.code !== 'proxy/credentials') return void client.destroy()
  client.write(failureResponse(problem, how))
  if (!how.kept) client.destroySoon()
}

/** The server's stream, or what speaks in its place where scripts run on its host. */
function scripted(
  { services, tell }: Scope,
  origin: OriginConnection,
  upstream: ContentTap,
  beside: BesideScript | undefined,
): Duplex {
  const { target } = origin
  const { scripts, options } = services
  if (isSiteHost(target.host) || !scripts?.runOn(target.host)) return upstream
  return scripts.through({
    target,
    host: target.host,
    secure: false,
    upstream,
    placeOf: count => (beside ? beside.next() : origin.asked[count - 1 - origin.answered]?.place),
    failAsServer: options.failAsServer,
    tell: problem => tell({ type: 'failed', problem }),
    explain: answerProblem,
  })
}

/** Rules answer where they claim anything, though the origin cannot be had; everything else hears why. */
async function withoutOrigin(
  { services, client, tell }: Scope,
  origin: OriginConnection,
  problem: Problem,
  claims: Claims,
): Promise<Duplex> {
  const nowhere = await openNowhere(undefined, problem, () => tell({ type: 'failed', problem }))
  return actingOrigin(services, client, origin, nowhere, claims)
}

interface ReachedOrigin {
  readonly leg: ContentTap
  readonly askedProxy?: AskedProxy | undefined
}

/** A connection of this client's own to an origin, or why there is none. */
async function dialOrigin(
  { services, client, legs, tell }: Scope,
  { target }: OriginConnection,
  claims: Claims | undefined,
): Promise<ReachedOrigin | Problem> {
  const { options, isOurs: forbidden, tape } = services
  try {
    if (forbidden(target.host, target.port)) return loopProblem(target)
    const { socket, askedProxy } = await services.dial(target, {
      hosts: options.hosts,
      timeout: options.timeouts.dial,
      tell,
      forbidden,
      // What scripts and rules see and write is the server's alone: it goes through a tunnel.
      clear: !claims && !services.scripts?.runOn(target.host),
      ...wayFor(services, client, target),
    })
    const leg = new ContentTap({ socket, tape, connection: client.connection, leg: 'upstream' })
    legs.add(leg)
    leg.once('close', () => {
      legs.delete(leg)
      const closed = leg.closedBy ?? { at: now(), by: 'parley', how: 'fin' }
      tell({ type: 'leg-closed', leg: 'upstream', closed, bytes: { toServer: leg.sent, toClient: leg.received } })
    })
    return { leg, askedProxy }
  } catch (error) {
    return error instanceof DialError
      ? error.problem
      : problemOf('proxy/internal', { detail: (error as Error).message })
  }
}
