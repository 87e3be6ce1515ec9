import type { ConnectionId } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { LegName } from '../model/party.ts'
import { ja4 } from '../wire/tls/fingerprint.ts'
import type { Handshake, Negotiated } from '../wire/tls/handshake.ts'
import { groups } from '../wire/tls/registry/groups.ts'
import { nameOf } from '../wire/tls/registry/names.ts'

/** What one leg adds to the facts of its connection. */
export interface LegFacts {
  /** Absent where no ClientHello was seen. */
  readonly ja4?: string
  /** Absent where no ServerHello was seen. */
  readonly chosen?: Negotiated
  readonly group?: string
  readonly resumes: boolean
}

/** What a handshake says of its leg, read whole or from its hellos alone. */
export function legFacts({
  clientHello,
  serverHello,
  negotiated,
}: Pick<Handshake, 'clientHello' | 'serverHello' | 'negotiated'>): LegFacts {
  return {
    ...(clientHello && { ja4: ja4(clientHello).hash }),
    ...(serverHello && { chosen: negotiated }),
    ...(negotiated.group !== undefined && { group: nameOf(groups, negotiated.group) }),
    resumes: negotiated.resumption !== 'none',
  }
}

type PerLeg<T> = Readonly<Partial<Record<LegName, T | undefined>>>

/**
 * What filters ask of the two handshakes; undefined where neither leg has TLS. `origins` are the connections whose
 * sessions were offered. What is known to differ besides counts once both have chosen.
 */
export function factsOf(
  { client, upstream }: PerLeg<LegFacts>,
  origins: PerLeg<ConnectionId>,
  differsBesides = false,
): HandshakeFacts | undefined {
  if (client?.ja4 === undefined && upstream?.ja4 === undefined) return undefined
  const known = {
    clientJa4: client?.ja4,
    upstreamJa4: upstream?.ja4,
    clientGroup: client?.group,
    upstreamGroup: upstream?.group,
    differs: client?.chosen && upstream?.chosen && (differsBesides || differs(client.chosen, upstream.chosen)),
    clientResumes: client?.resumes ? origins.client : undefined,
    upstreamResumes: upstream?.resumes ? origins.upstream : undefined,
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

const compared = ['version', 'cipherSuite', 'group', 'alpn'] as const

const differs = (client: Negotiated, upstream: Negotiated): boolean =>
  compared.some(aspect => client[aspect] !== upstream[aspect])
