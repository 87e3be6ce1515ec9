import type { MirrorGap } from '../model/connection.ts'
import type { ClientHello } from '../wire/tls/values.ts'
import type { LegPair } from './leg-pair.ts'
import { isGrease } from './names.ts'
import { firstHello } from './rows/fingerprint-rows.ts'

/** What of the client's hello Parley's own does not reproduce; undefined where it was not mirrored at all. */
export const gapsOf = ({ connection, client, upstream }: LegPair): readonly MirrorGap[] | undefined =>
  gapsBetween(connection.upstream?.mirrorGaps, firstHello(client), firstHello(upstream))

/**
 * The gaps that were reported, but for feared ones that did not come: an extension that was sent all the same, with the
 * same content. And those of which the two hellos alone tell, because tls-impersonate keeps silent about them.
 */
export function gapsBetween(
  gaps: readonly MirrorGap[] | undefined,
  hello: ClientHello | undefined,
  sent: ClientHello | undefined,
): readonly MirrorGap[] | undefined {
  if (!gaps || !hello || !sent) return gaps
  const [ours, theirs] = [dataByType(hello), dataByType(sent)]
  const sentBy = (id: number) => ours.has(id) && theirs.has(id)
  const alike = (id: number) => sentBy(id) && Buffer.compare(ours.get(id)!, theirs.get(id)!) === 0
  // A server that took up the client's protocol would await messages that OpenSSL cannot send.
  const madeUp = applicationSettings
    .filter(id => sentBy(id) && !alike(id))
    .map(id => ({ kind: 'extension', id, reason: 'with a made-up protocol, because OpenSSL does not speak it' }))
  const real = gaps.filter(({ kind, id }) => kind !== 'extension' || !alike(id))
  return [...real, ...withoutGrease(hello, sent), ...madeUp]
}

const applicationSettings = [17513, 17613]

/** The first of a type counts; a hello can hold thousands. */
const dataByType = ({ extensions }: ClientHello): ReadonlyMap<number, Uint8Array> =>
  new Map(extensions.toReversed().map(({ type, data }) => [type, data]))

const lists = [
  ['cipherSuite', (hello: ClientHello) => hello.cipherSuites],
  ['supportedGroup', (hello: ClientHello) => hello.supportedGroups],
  ['signatureAlgorithm', (hello: ClientHello) => hello.signatureAlgorithms],
] as const

const withoutGrease = (hello: ClientHello, sent: ClientHello): MirrorGap[] =>
  lists
    .filter(([, list]) => list(hello)?.some(isGrease) && !list(sent)?.some(isGrease))
    .map(([kind]) => ({ kind, id: 0x0a0a, reason: 'OpenSSL sends none in its lists' }))
