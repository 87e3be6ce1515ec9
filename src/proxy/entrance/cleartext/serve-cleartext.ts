import type { ConnectionEvent } from '../../../model/connection-event.ts'
import { failureOf } from '../../../problem/codes.ts'
import { requestProblem, targetProblem } from '../../../problem/from-request.ts'
import { loopProblem } from '../../../problem/from-system.ts'
import { type Problem, problemOf } from '../../../problem/problem.ts'
import { DialError } from '../../dial/dial.ts'
import { failureResponse } from '../../failure-page.ts'
import { now } from '../../ports.ts'
import type { Services } from '../../services.ts'
import { ContentTap } from '../../socket/content-tap.ts'
import { refuse } from '../refuse.ts'
import { CleartextRelay } from './cleartext-relay.ts'
import type { OriginConnection } from './origin-connection.ts'
import { schemeOf } from './request-target.ts'

export interface CleartextOptions {
  readonly services: Services
  readonly client: ContentTap
  /** Nothing is asked any more: what comes next may be a CONNECT. */
  readonly onIdle: () => void
  /** The client asks for a tunnel; `rest` is what it has said behind that. */
  readonly onConnect: (url: string, rest: Uint8Array) => void
}

export interface Cleartext {
  /** Ends what is open for the client, and resolves when the tape has been told. */
  end(): Promise<void>
  /** Nothing is asked of any origin. */
  readonly idle: boolean
}

/** Serves one client's requests in clear, and tells the tape of the connections to their origins. */
export function serveCleartext({ services, client, onIdle, onConnect }: CleartextOptions): Cleartext {
  const { tape, options } = services
  const { connection } = client
  const tell = (event: ConnectionEvent): void => tape.event(connection, now(), event)
  const legs = new Set<ContentTap>()
  const relay = new CleartextRelay(client, {
    dial: origin => void dial(origin),
    targeted(target) {
      tell({ type: 'targeted', entrance: 'absolute-form', target })
      tell({ type: 'treated', treatment: 'rewrite' })
    },
    refuseTarget: url => targetProblem(schemeOf(url)),
    fail,
    cut: problem => tell({ type: 'failed', problem }),
    refuse: ({ code, detail }) => {
      const what = [failureOf(code)?.cause, detail].filter(Boolean).join(' ')
      refuse(services, client, requestProblem(what, client.firstByte))
    },
    connect: onConnect,
    idle: onIdle,
  })
  return {
    async end() {
      relay.end()
      await Promise.all([...legs].map(leg => new Promise(resolve => leg.once('close', resolve))))
    },
    get idle() {
      return relay.waiting === 0
    },
  }

  function fail(problem: Problem, accept: string, kept: boolean): void {
    tell({ type: 'failed', problem })
    if (options.failAsServer) return void client.destroy()
    client.write(failureResponse(problem, { accept, kept }))
    if (!kept) client.destroySoon()
  }

  async function dial(origin: OriginConnection): Promise<void> {
    const { target } = origin
    try {
      if (services.isOurs(target.host, target.port)) throw new DialError(loopProblem(target))
      const { hosts, timeouts } = options
      const socket = await services.dial(target, { hosts, timeout: timeouts.dial, tell, forbidden: services.isOurs })
      if (client.destroyed) return void socket.destroy()
      const leg = new ContentTap({ socket, tape, connection, leg: 'upstream' })
      legs.add(leg)
      leg.once('close', () => {
        legs.delete(leg)
        const closed = leg.closedBy ?? { at: now(), by: 'parley', how: 'fin' }
        tell({ type: 'leg-closed', leg: 'upstream', closed, bytes: { toServer: leg.sent, toClient: leg.received } })
      })
      origin.connected(leg)
    } catch (error) {
      const detail = (error as Error).message
      relay.failed(origin, error instanceof DialError ? error.problem : problemOf('proxy/internal', { detail }))
    }
  }
}
