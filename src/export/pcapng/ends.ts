import { type Connection, type Endpoint, type Leg, legOf } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import { addressBytes, unmapped } from '../../wire/tcp/address-bytes.ts'
import type { ConversationEnds } from '../../wire/tcp/conversation-writer.ts'
import type { PacketEnd } from '../../wire/tcp/write-packet.ts'

const mostPort = 65_535
const firstPort = 1024
const ports = mostPort + 1 - firstPort

/**
 * The two ends of a leg; undefined where an address is not known, as of a dial that came to nothing. A connection that came
 * inside another has a port made up for its client, because the other has its own.
 */
export function endsOf(connection: Connection, leg: LegName): ConversationEnds | undefined {
  const { local, remote } = legOf(connection, leg) ?? {}
  const [near, far] = [endOf(local), endOf(remote)]
  if (!near || !far || near.address.length !== far.address.length) return undefined
  const [client, server] = leg === 'client' ? [far, near] : [near, far]
  if (leg === 'client' && connection.within !== undefined)
    return { client: { ...client, port: firstPort + (connection.id % ports) }, server }
  return { client, server }
}

function endOf(endpoint: Endpoint | undefined): PacketEnd | undefined {
  const address = endpoint && addressBytes(endpoint.address)
  if (!address || endpoint.port < 0 || endpoint.port > mostPort) return undefined // as in a damaged capture
  return { address: unmapped(address), port: endpoint.port }
}

/** When the leg was asked for, and when it stood; undefined where nobody knows that it ever did. */
export function openingOf(
  connection: Connection,
  leg: LegName,
): { readonly asked: number; readonly stood: number } | undefined {
  const { dialledAt, connectedAt }: Leg = legOf(connection, leg) ?? {}
  const stood = leg === 'client' ? (connectedAt ?? connection.openedAt) : connectedAt
  return stood === undefined ? undefined : { asked: Math.min(dialledAt ?? stood, stood), stood }
}
