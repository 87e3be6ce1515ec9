import type { LegPair } from './leg-pair.ts'
import { firstHello } from './rows/fingerprint-rows.ts'
import { listOf, offers } from './rows/offer-rows.ts'

/** What both hellos offer under one heading, name by name in their order. */
export interface OfferedList {
  readonly aspect: string
  readonly label: string
  readonly client: readonly string[]
  readonly upstream: readonly string[]
}

/** The lists that the comparison counts: versions, cipher suites, groups, signature algorithms, extensions. */
export function offeredLists({ client, upstream }: Pick<LegPair, 'client' | 'upstream'>): readonly OfferedList[] {
  const [ours, theirs] = [firstHello(client), firstHello(upstream)]
  return offers
    .flatMap(offer => {
      const names = (hello: typeof ours): readonly string[] => (listOf(hello, offer) ?? []).map(offer.nameOf)
      const lists = { client: names(ours), upstream: names(theirs) }
      return lists.client.length + lists.upstream.length === 0 ? [] : [{ ...offer, ...lists }]
    })
    .map(({ aspect, label, client: left, upstream: right }) => ({ aspect, label, client: left, upstream: right }))
}
