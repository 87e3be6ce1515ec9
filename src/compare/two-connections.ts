import type { LegName } from '../model/party.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import type { ComparisonRow } from './comparison.ts'
import type { LegPair } from './leg-pair.ts'
import { listNames } from './names.ts'
import { agreedRows } from './rows/agreed-rows.ts'
import { certificateRows } from './rows/certificate-rows.ts'
import { fingerprintRows, firstHello } from './rows/fingerprint-rows.ts'
import { countOf, listOf, type Offer, offers, without } from './rows/offer-rows.ts'

const legs = [
  ['client', 'Client leg'],
  ['upstream', 'Upstream leg'],
] as const

/**
 * The same leg of two connections, aspect by aspect, for both legs: in a row, `client` stands for the left connection
 * and `upstream` for the right one.
 */
export const compareConnections = (left: LegPair, right: LegPair): readonly ComparisonRow[] =>
  legs.flatMap(([leg, words]) =>
    legRows(left, right, leg).map(row => ({ ...row, aspect: `${leg}-${row.aspect}`, label: `${words}: ${row.label}` })),
  )

function legRows(left: LegPair, right: LegPair, leg: LegName): readonly ComparisonRow[] {
  const [ours, theirs] = [left[leg], right[leg]]
  const pair: LegPair = {
    connection: left.connection,
    ...(ours && { client: ours }),
    ...(theirs && { upstream: theirs }),
  }
  const rows = [agreedRows, certificateRows, fingerprintRows].flatMap(family => family(pair)).map(bare)
  return [...rows, ...offers.flatMap(offer => offerRow(offer, ours, theirs))]
}

/** What the families say of the reasons is about the two legs of one connection. */
const bare = ({ aspect, label, client, upstream, mark }: ComparisonRow): ComparisonRow => ({
  aspect,
  label,
  client,
  upstream,
  mark: mark === '·' ? '·' : client === upstream ? '=' : '≠',
})

function offerRow(offer: Offer, left: Handshake | undefined, right: Handshake | undefined): readonly ComparisonRow[] {
  const [ours, theirs] = [listOf(firstHello(left), offer), listOf(firstHello(right), offer)]
  if (!ours || !theirs) return []
  const [onlyLeft, onlyRight] = [without(ours, theirs), without(theirs, ours)]
  const why = [
    onlyLeft.length > 0 && `Only left: ${listNames(onlyLeft, offer.nameOf)}.`,
    onlyRight.length > 0 && `Only right: ${listNames(onlyRight, offer.nameOf)}.`,
    onlyLeft.length + onlyRight.length === 0 && String(ours) !== String(theirs) && 'The same in a different order.',
  ].filter(sentence => sentence !== false)
  const { aspect, label } = offer
  const row = { aspect, label, client: countOf(ours.length, offer), upstream: countOf(theirs.length, offer) }
  return [why.length === 0 ? { ...row, mark: '=' } : { ...row, mark: '≠', why: why.join(' ') }]
}
