import type { MirrorGap } from '../../model/connection.ts'
import { tls10 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { type CompareAspects, type ComparisonRow, type Difference, rowOf } from '../comparison.ts'
import { gapName } from '../gap-name.ts'
import type { LegPair } from '../leg-pair.ts'
import { gapsBetween, gapsOf } from '../mirror-gaps.ts'
import {
  cipherSuiteName,
  extensionName,
  groupName,
  isGrease,
  listNames,
  signatureAlgorithmName,
  versionName,
} from '../names.ts'
import { versionsOf } from '../verdict/check.ts'
import { firstHello } from './fingerprint-rows.ts'

export interface Offer {
  readonly aspect: string
  readonly label: string
  /** The kind of a gap in it. */
  readonly gapKind: string
  readonly plural: string
  readonly list: (hello: ClientHello) => readonly number[] | undefined
  readonly nameOf: (value: number) => string
  /** Instead of the count. */
  readonly shown?: (hello: ClientHello) => string
  /** Why some may be missing although the hello was mirrored. */
  readonly whyMissing?: string
}

export const offers: readonly Offer[] = [
  {
    aspect: 'versions-offered',
    label: 'Versions offered',
    gapKind: 'version',
    plural: 'versions',
    list: hello => versionsOf(hello).filter(version => version >= tls10),
    nameOf: versionName,
    shown: ({ supportedVersions, legacyVersion }) =>
      supportedVersions ? versionsIn(supportedVersions) : `up to ${versionName(legacyVersion)}`,
    whyMissing: 'Versions below --min-tls are not offered.',
  },
  {
    aspect: 'cipher-suites-offered',
    label: 'Cipher suites offered',
    gapKind: 'cipherSuite',
    plural: 'cipher suites',
    list: hello => hello.cipherSuites,
    nameOf: cipherSuiteName,
  },
  {
    aspect: 'groups-offered',
    label: 'Groups offered',
    gapKind: 'supportedGroup',
    plural: 'groups',
    list: hello => hello.supportedGroups,
    nameOf: groupName,
  },
  {
    aspect: 'signature-algorithms-offered',
    label: 'Signature algorithms offered',
    gapKind: 'signatureAlgorithm',
    plural: 'signature algorithms',
    list: hello => hello.signatureAlgorithms,
    nameOf: signatureAlgorithmName,
  },
  {
    aspect: 'extensions',
    label: 'Extensions sent',
    gapKind: 'extension',
    plural: 'extensions',
    list: hello => hello.extensions.map(({ type }) => type),
    nameOf: extensionName,
  },
]

/** What the two ClientHellos offer: the client's, and the one that Parley sent in its image. */
export const offerRows: CompareAspects = pair => [
  ...offers.flatMap(offer => offerRow(pair, offer)),
  ...otherPartsRow(pair),
]

/** What no list above shows: key shares, the session id, and the like. */
function otherPartsRow(pair: LegPair): ComparisonRow[] {
  const shown = new Set(offers.flatMap(({ gapKind }) => [gapKind, `${gapKind}Order`]))
  const gaps = gapsOf(pair)?.filter(({ kind }) => !shown.has(kind)) ?? []
  if (gaps.length === 0) return []
  const why = listNames(
    gaps.map((_, index) => index),
    index => `${gapName(gaps[index]!)} (${gaps[index]!.reason})`,
  )
  const [client, upstream] = [pair.client, pair.upstream].map(leg => partsOf(firstHello(leg)))
  return rowOf('hello-parts', 'Other parts of the hello', client, upstream).map(row => ({
    ...row,
    mark: '~' as const,
    why: `${why}.`,
  }))
}

const partsOf = (hello: ClientHello | undefined): string | undefined =>
  hello && `${countOf(hello.keyShares?.length ?? 0, shares)}, session id of ${hello.sessionId.length} bytes`

const shares = { plural: 'key shares' }

function offerRow(pair: LegPair, offer: Offer): ComparisonRow[] {
  const [hello, sent] = [firstHello(pair.client), firstHello(pair.upstream)]
  // A hello that has no such list offers none, where the other one does.
  const any = (hello && offer.list(hello)) ?? (sent && offer.list(sent))
  const ours = listOf(hello, offer) ?? (hello && any && [])
  const theirs = listOf(sent, offer) ?? (sent && any && [])
  const gaps = gapsBetween(pair.connection.upstream?.mirrorGaps, hello, sent)
  const ofKind = gaps?.filter(gap => gap.kind === offer.gapKind) ?? []
  const difference = () => explain(ours!, theirs!, offer, ofKind, gaps !== undefined)
  const same = ours && theirs && sameList(ours, theirs)
  const rows = rowOf(offer.aspect, offer.label, shownOf(hello, ours, offer), shownOf(sent, theirs, offer), difference)
  // Equal counts are not equal lists, and equal lists may hide an extension whose content could not be mirrored.
  if (!ours || !theirs || (same && ofKind.length === 0)) return rows
  return rows.map(row => ({ ...row, ...difference() }))
}

/** GREASE values differ in every hello by design (RFC 8701), so all of them count as one. */
const greaseFree = (value: number): number => (isGrease(value) ? 0x0a0a : value)

export const listOf = (hello: ClientHello | undefined, offer: Offer): readonly number[] | undefined =>
  hello && offer.list(hello)?.map(greaseFree)

const shownOf = (hello: ClientHello | undefined, list: readonly number[] | undefined, offer: Offer) =>
  hello && offer.shown ? offer.shown(hello) : list && countOf(list.length, offer)

export const countOf = (count: number, { plural }: Pick<Offer, 'plural'>): string =>
  count === 0 ? 'none' : `${count} ${count === 1 ? plural.replace(/s$/, '') : plural}`

const versionsIn = (list: readonly number[]): string =>
  listNames(
    list.filter(version => !isGrease(version)),
    versionName,
  )

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

function explain(
  ours: readonly number[],
  theirs: readonly number[],
  { gapKind, nameOf, plural, whyMissing }: Offer,
  gaps: readonly MirrorGap[],
  mirrored: boolean,
): Difference {
  const missing = without(ours, theirs)
  const added = without(theirs, ours)
  const reasons = new Map(gaps.map(({ id, reason }) => [id, reason]))
  const explained = (id: number) => (reasons.has(id) ? `${nameOf(id)} (${reasons.get(id)})` : nameOf(id))
  const sentByBoth = new Set(without(ours, missing))
  const changed = [...reasons.keys()].filter(id => sentByBoth.has(id))
  const reordered = !sameList(
    ours.filter(id => sentByBoth.has(id)),
    theirs.filter(id => sentByBoth.has(id)),
  )
  const openSslOrders = mirrored && gapKind === 'extension'
  const sentences = [
    missing.length > 0 && `Parley did not send ${listNames(missing, explained)}.`,
    missing.length > 0 && mirrored && whyMissing,
    added.length > 0 && `Parley added ${listNames(added, nameOf)}.`,
    changed.length > 0 && `Sent with different content: ${listNames(changed, explained)}.`,
    reordered &&
      `The ${missing.length + added.length === 0 ? `same ${plural}` : 'others'} in a different order${openSslOrders ? ', OpenSSL’s own' : ''}.`,
    !mirrored && 'The client’s hello was not mirrored: Parley sent its own.',
  ].filter(sentence => typeof sentence === 'string')
  const explicable = gaps.length > 0 || (reordered && openSslOrders)
  const allKnown =
    mirrored &&
    explicable &&
    added.length === 0 &&
    missing.every(id => reasons.has(id)) &&
    (!reordered || openSslOrders)
  return { mark: allKnown ? '~' : '≠', why: sentences.join(' ') }
}

/** Values of `list` that are not in `other`, once each. */
export function without(list: readonly number[], other: readonly number[]): number[] {
  const others = new Set(other)
  return [...new Set(list)].filter(value => !others.has(value))
}
