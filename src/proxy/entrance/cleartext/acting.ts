import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Target } from '../../../model/connection.ts'
import { hostAndPort } from '../../../model/host-and-port.ts'
import type { Claims } from '../../../rules/claims.ts'
import type { ConnectionFacts } from '../../../rules/rulings.ts'
import { ruledWay } from '../../dial/ruled-way.ts'
import { withoutRoot } from '../../host-pattern.ts'
import { now } from '../../ports.ts'
import { ActingStream } from '../../relay/acting/acting-stream.ts'
import type { BesideScript } from '../../relay/acting/beside-script.ts'
import type { ActingPorts } from '../../relay/acting/core.ts'
import { coreFor } from '../../relay/acting/core-for.ts'
import type { Services } from '../../services.ts'
import { isSiteHost } from '../../site/site-host.ts'
import type { ContentTap } from '../../socket/content-tap.ts'
import { type Peer, peerOf } from '../../socket/peer.ts'
import type { OriginConnection } from './origin-connection.ts'

/** Who may claim what this client says to an origin in clear, as far as is known before it is reached; undefined: nobody. */
export function claimsFor(
  services: Services,
  client: ContentTap,
  { target }: OriginConnection,
  server?: Peer,
): Claims | undefined {
  return isSiteHost(target.host) ? undefined : services.rulings?.claims(factsOf(client, target, server))
}

/** How rules want an origin in clear to be reached. */
export const wayFor = ({ rulings }: Services, client: ContentTap, target: Target): ReturnType<typeof ruledWay> =>
  isSiteHost(target.host) ? {} : ruledWay(rulings?.connection(factsOf(client, target)))

function factsOf(client: ContentTap, target: Target, server?: Peer): ConnectionFacts {
  return {
    id: client.connection,
    host: withoutRoot(target.host).toLowerCase(),
    port: target.port,
    scheme: 'http',
    ...peerOf('client', client),
    ...peerOf('server', server),
  }
}

/** What acts on the messages between a client and one of its origins, or the script before that, in the place of the latter. */
export function actingOrigin(
  { tape, sender }: Services,
  client: ContentTap,
  origin: OriginConnection,
  upstream: Duplex,
  claims: Claims,
  beside?: BesideScript,
): Duplex {
  const { connection } = client
  const places = new Places(origin)
  const placed = places.of(beside?.noting(claims) ?? claims)
  const coreOf = coreFor(undefined, placed, { scheme: 'http', authority: hostAndPort(origin.target) })
  const tellers: Pick<ActingPorts, 'acted' | 'serverContent'> = {
    acted: (place, event) => tape.acted(connection, place, now(), event),
    serverContent: (exchange, direction, bytes) =>
      tape.content({ connection, leg: 'upstream', direction, exchange }, now(), bytes),
  }
  const { acted, serverContent } = beside?.telling(tellers) ?? tellers
  return new ActingStream({
    upstream,
    coreOf,
    destroy: how => (how === 'close' ? client.destroySoon() : reset(client)),
    acted: (count, event) => acted(places.at(count), event),
    serverContent: (count, direction, bytes) => serverContent(places.at(count), direction, bytes),
    elsewhere: asked => sender.elsewhere(connection, asked),
  })
}

/** A request's place among all of its client, by that among those to this origin. */
class Places {
  readonly #origin: OriginConnection
  readonly #places = new Map<number, number>()

  constructor(origin: OriginConnection) {
    this.#origin = origin
  }

  at(count: number): number {
    return this.#places.get(count) ?? 0
  }

  of(claims: Claims): Claims {
    return {
      request: (count, head) => {
        const asked = this.#origin.asked[count - 1 - this.#origin.answered]
        if (asked) this.#places.set(count, asked.place)
        return claims.request(this.at(count), head)
      },
      response: (count, request, head) => claims.response(this.at(count), request, head),
      webSocket: (count, request) => claims.webSocket(this.at(count), request),
      over: count => {
        claims.over?.(this.at(count))
        this.#places.delete(count)
      },
    }
  }
}

/** What has been written goes out first. */
function reset(client: ContentTap): void {
  const socket = client.socket as Socket
  client.write('', () => setImmediate(() => (socket.resetAndDestroy ? socket.resetAndDestroy() : client.destroy())))
}
