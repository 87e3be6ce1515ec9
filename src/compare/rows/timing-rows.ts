import type { Connection, Leg } from '../../model/connection.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import { type CompareAspects, type Difference, rowOf } from '../comparison.ts'

/** How long each phase took and how many bytes each leg carried. Different by nature, so never marked as a problem. */
export const timingRows: CompareAspects = ({ connection, client, upstream }) => {
  const lookup = connection.upstream?.lookup
  return [
    ...rowOf(
      'timing-dns',
      'Name lookup',
      undefined,
      lookup && !lookup.literal ? ms(lookup.startedAt, lookup.endedAt) : undefined,
      onlyParley('looks names up'),
    ),
    ...rowOf('timing-tcp', 'TCP connect', undefined, connectTime(connection.upstream), onlyParley('connects outwards')),
    ...rowOf(
      'timing-tunnel',
      'Way through the other proxy',
      undefined,
      tunnelTime(connection.upstream),
      onlyParley('asks the other proxy'),
    ),
    ...rowOf(
      'timing-tls',
      'TLS handshake',
      handshakeTime(connection.client, client),
      handshakeTime(connection.upstream, upstream),
      {
        mark: '≠',
        why: 'The client’s handshake waits for the server’s, because Parley mirrors what the server chose.',
      },
    ),
    ...rowOf('bytes', 'TCP payload', bytesOf(connection.client), bytesOf(connection.upstream), {
      mark: '≠',
      why: whyBytes(connection),
    }),
  ]
}

function whyBytes({ entrance, treatment, client }: Connection): string {
  if (entrance === 'absolute-form') return 'Plain HTTP gets new heads, without the fields meant for the proxy.'
  if (treatment === 'pass-through' || client.secureAt === undefined) {
    const tunnel = 'The client leg also carries what opened the tunnel, and the answer to it.'
    return treatment === 'rewrite' ? `${tunnel} Parley also acts on what passes.` : tunnel
  }
  const own = 'Each leg has its own certificates, records and tickets.'
  return treatment === 'rewrite' ? `${own} Parley also acts on what passes, so that the content may differ.` : own
}

const onlyParley = (does: string): Difference => ({
  mark: '≠',
  why: `Behind a proxy the client never ${does}: Parley does.`,
})

const ms = (from: number, to: number): string => `${(to - from).toFixed(1)} ms`

const connectTime = (leg: Leg | undefined): string | undefined =>
  leg?.dialledAt === undefined || leg.connectedAt === undefined ? undefined : ms(leg.dialledAt, leg.connectedAt)

const tunnelTime = (leg: Leg | undefined): string | undefined =>
  leg?.connectedAt === undefined || leg.tunnelledAt === undefined ? undefined : ms(leg.connectedAt, leg.tunnelledAt)

/** From the ClientHello to the moment at which the leg was secure. */
function handshakeTime(leg: Leg | undefined, handshake: Handshake | undefined): string | undefined {
  const hello = handshake?.messages.find(({ name }) => name === 'client_hello')
  return hello && leg?.secureAt !== undefined ? ms(hello.at, leg.secureAt) : undefined
}

const bytesOf = (leg: Leg | undefined): string | undefined =>
  leg?.bytes && `${leg.bytes.toServer} to server, ${leg.bytes.toClient} to client`
