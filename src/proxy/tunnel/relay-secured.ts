import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Agreed } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { lateProblem } from '../../problem/from-server.ts'
import type { ConnectionFacts } from '../../rules/rulings.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { agreedOn } from '../leg/agreed.ts'
import { http1 } from '../leg/alpn.ts'
import type { Upstream } from '../leg/upstream.ts'
import { BesideScript } from '../relay/acting/beside-script.ts'
import { type CoreOf, coreFor } from '../relay/acting/core-for.ts'
import { relayActing } from '../relay/acting/relay-acting.ts'
import { type RelayOptions, relayVerbatim } from '../relay/verbatim.ts'
import type { Peer } from '../socket/peer.ts'
import { lastWords } from './late-answer.ts'
import { factsOf } from './ruling.ts'
import type { TunnelScope } from './scope.ts'
import { asksInHttp1, relayScripted } from './scripted.ts'

/** Both legs of a connection in TLS, and what is known of it. */
export interface Secured {
  readonly client: TLSSocket
  readonly upstream: Upstream
  /** Where the server was reached. */
  readonly server: Peer | undefined
  /** The name that the client asks for. */
  readonly host: string
  readonly hello: ClientHello | undefined
  /** Scripts may run on it. */
  readonly scripted: boolean
}

/** Relays what both say inside TLS: verbatim, or acting where somebody may claim a message. */
export async function relaySecured(scope: TunnelScope, secured: Secured): Promise<void> {
  const { client, upstream, host, hello, scripted } = secured
  const { alpn, socket } = upstream
  const { server } = secured
  const facts = factsOfSecured(scope, { client, alpn, host, hello, server, upstream: upstream.agreed })
  const isScripted = scripted && (alpn === http1 || (await asksInHttp1(client, socket)))
  const beside = isScripted ? new BesideScript() : undefined
  const coreOf = coreOfClaims(scope, facts, beside)
  if (coreOf) scope.tell({ type: 'treated', treatment: 'rewrite' })
  if (isScripted) {
    const placeOf = (count: number): number | undefined => (coreOf ? beside?.next() : count)
    return relayScripted(scope, upstream, host, hello, placeOf, server =>
      relay(scope, facts, { client, upstream: server }, coreOf),
    )
  }
  return relay(scope, facts, { client, upstream: socket }, coreOf, (error, asked) =>
    lastWords(scope, lateProblem(error, upstream.hadCertificate), asked, alpn),
  )
}

/** The same where no server is asked. */
export function relayUnasked(
  scope: TunnelScope,
  { client, upstream, alpn, host, hello }: Pick<Secured, 'client' | 'host' | 'hello'> & Unasked,
): Promise<void> {
  const facts = factsOfSecured(scope, { client, alpn, host, hello })
  scope.tell({ type: 'treated', treatment: 'rewrite' })
  return relay(scope, facts, { client, upstream }, coreOfClaims(scope, facts))
}

/** What stands in a server's place, and the protocol that the client agreed on. */
interface Unasked {
  readonly upstream: Duplex
  readonly alpn: string | undefined
}

interface Known extends Pick<Secured, 'client' | 'host' | 'hello'> {
  readonly alpn: string | undefined
  readonly server?: Peer | undefined
  /** With the server. */
  readonly upstream?: Agreed
}

const factsOfSecured = (
  scope: TunnelScope,
  { client, upstream, server, alpn, host, hello }: Known,
): ConnectionFacts => ({
  ...factsOf(scope, host, hello?.serverName, server),
  ...(alpn ? { alpn } : {}),
  tls: { client: agreedOn(client), ...(upstream && { server: upstream }) },
})

function coreOfClaims(
  { services, target }: TunnelScope,
  facts: ConnectionFacts,
  beside?: BesideScript,
): CoreOf | undefined {
  const claims = services.rulings?.claims(facts)
  if (!claims) return undefined
  const coreOf = coreFor(facts.alpn, beside?.noting(claims) ?? claims, {
    scheme: 'https',
    authority: hostAndPort(target),
  })
  return beside ? ports => coreOf({ ...ports, ...beside.telling(ports) }) : coreOf
}

function relay(
  { services, connection, client: below }: TunnelScope,
  facts: ConnectionFacts,
  legs: { readonly client: Duplex; readonly upstream: Duplex },
  coreOf: CoreOf | undefined,
  onSilentFailure?: RelayOptions['onSilentFailure'],
): Promise<void> {
  const options = { ...legs, tape: services.tape, connection, ...(onSilentFailure ? { onSilentFailure } : {}) }
  if (!coreOf) return relayVerbatim({ ...options, opened: relay => services.openRelays.add(facts, relay) })
  return relayActing({
    ...options,
    coreOf,
    reset: () => {
      below.reset()
      legs.upstream.destroy()
    },
    elsewhere: asked => services.sender.elsewhere(connection, asked),
  })
}
