import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { ConnectionFacts, ConnectionRuling } from '../../rules/rulings.ts'
import { alertName } from '../../wire/tls/registry/alerts.ts'
import { withoutRoot } from '../host-pattern.ts'
import { clearAlert } from '../leg/refusal-alert.ts'
import { type Peer, peerOf } from '../socket/peer.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import type { TunnelScope } from './scope.ts'
import { gone } from './unopened.ts'

/** What is known of a tunnel; `serverName` once the client's hello is there. */
export function factsOf(
  { connection, client, target }: Pick<TunnelScope, 'connection' | 'client' | 'target'>,
  host: string,
  serverName?: string,
  server?: Peer,
): ConnectionFacts {
  return {
    id: connection,
    host: withoutRoot(host).toLowerCase(),
    port: target.port,
    scheme: 'https',
    ...peerOf('client', client),
    ...peerOf('server', server),
    ...(serverName !== undefined && { serverName }),
  }
}

/** What rules say of the TLS and the way of a connection, as far as it is known by now. */
export const rulingFor = (
  scope: Omit<TunnelScope, 'ruling'>,
  host: string,
  serverName?: string,
): ConnectionRuling | undefined => scope.services.rulings?.connection(factsOf(scope, host, serverName))

type Refusal = ConnectionRuling & { readonly refuse: NonNullable<ConnectionRuling['refuse']> }

export const isRefusal = (ruling: ConnectionRuling | undefined): ruling is Refusal => ruling?.refuse !== undefined

/** The connection is not to be: its client hears what the rule says, and the server nothing. */
export async function refuseByRule(
  { client, tell }: Pick<TunnelScope, 'client' | 'tell'>,
  { refuse, by }: Refusal,
  dialled: WireTap | Problem,
): Promise<void> {
  const how = typeof refuse === 'string' ? refuse : alertName(refuse.alert)
  tell({ type: 'failed', problem: problemOf('rule/blocked', { detail: `${how}, because of ${by.join(', ')}` }) })
  if (!isProblem(dialled)) dialled.destroy()
  if (refuse === 'black-hole') {
    client.once('end', () => client.destroy())
    return gone(client, blackHoleTime)
  }
  if (refuse === 'reset') return client.reset()
  if (typeof refuse !== 'string') client.write(clearAlert(refuse.alert))
  client.end()
  await gone(client, lastWordsTime)
}

const blackHoleTime = 600_000 // ms, where the client itself gives up no sooner
const lastWordsTime = 10_000 // ms for the client to hear an alert
