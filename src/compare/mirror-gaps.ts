import type { MirrorGap } from '../model/connection.ts'
import type { ClientHello } from '../wire/tls/values.ts'
import { firstHello } from './fingerprint-rows.ts'
import type { LegPair } from './leg-pair.ts'

/** What of the client's hello Parley's own does not reproduce; undefined where it was not mirrored at all. */
export const gapsOf = ({ connection, client, upstream }: LegPair): readonly MirrorGap[] | undefined =>
  gapsBetween(connection.upstream?.mirrorGaps, firstHello(client), firstHello(upstream))

/** Without those that were feared and did not come: an extension that was sent all the same, with the same content. */
export function gapsBetween(
  gaps: readonly MirrorGap[] | undefined,
  hello: ClientHello | undefined,
  sent: ClientHello | undefined,
): readonly MirrorGap[] | undefined {
  const dataOf = (from: ClientHello | undefined, id: number) => from?.extensions.find(({ type }) => type === id)?.data
  return gaps?.filter(({ kind, id }) => {
    const [ours, theirs] = [dataOf(hello, id), dataOf(sent, id)]
    return kind !== 'extension' || !ours || !theirs || Buffer.compare(ours, theirs) !== 0
  })
}
