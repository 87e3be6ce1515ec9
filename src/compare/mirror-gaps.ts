import type { MirrorGap } from '../model/connection.ts'
import type { ClientHello } from '../wire/tls/values.ts'
import { contentDifferences, dataByType, helloDifferences } from './hello-differences.ts'
import type { LegPair } from './leg-pair.ts'
import { isGrease } from './names.ts'
import { firstHello } from './rows/fingerprint-rows.ts'

const found = new WeakMap<LegPair, { readonly gaps: readonly MirrorGap[] | undefined }>()

/**
 * All in which Parley's hello differs from the client's, with the reason where one was reported; undefined where it was
 * not mirrored at all.
 */
export function gapsOf(pair: LegPair): readonly MirrorGap[] | undefined {
  const known = found.get(pair) ?? { gaps: allGaps(pair) }
  found.set(pair, known)
  return known.gaps
}

function allGaps({ connection, client, upstream }: LegPair): readonly MirrorGap[] | undefined {
  const [hello, sent] = [firstHello(client), firstHello(upstream)]
  const reported = gapsBetween(connection.upstream?.mirrorGaps, hello, sent)
  if (!reported || !hello || !sent) return reported
  const known = new Set(reported.map(nameOf))
  return [...reported, ...helloDifferences(hello, sent).filter(gap => !known.has(nameOf(gap)))]
}

const nameOf = ({ kind, id }: MirrorGap): string => `${kind} ${id}`

/**
 * The gaps that were reported, but for feared ones that did not come: an extension that was sent all the same, with the
 * same content. And those of which the two hellos alone tell: GREASE, and what stands in extensions.
 */
export function gapsBetween(
  gaps: readonly MirrorGap[] | undefined,
  hello: ClientHello | undefined,
  sent: ClientHello | undefined,
): readonly MirrorGap[] | undefined {
  if (!gaps || !hello || !sent) return gaps
  const [ours, theirs] = [dataByType(hello), dataByType(sent)]
  const alike = (id: number) => ours.has(id) && theirs.has(id) && Buffer.compare(ours.get(id)!, theirs.get(id)!) === 0
  const listed = new Map(lists.map(([kind, list]) => [kind as string, new Set(list(sent))]))
  const real = gaps.filter(({ kind, id }) => (kind === 'extension' ? !alike(id) : !listed.get(kind)?.has(id)))
  const known = new Set(real.map(nameOf))
  const changed = contentDifferences(hello, sent).filter(gap => !known.has(nameOf(gap)))
  return [...real, ...withoutGrease(hello, sent), ...changed]
}

const lists = [
  ['cipherSuite', (hello: ClientHello) => hello.cipherSuites],
  ['supportedGroup', (hello: ClientHello) => hello.supportedGroups],
  ['signatureAlgorithm', (hello: ClientHello) => hello.signatureAlgorithms],
  ['extension', (hello: ClientHello) => hello.extensions.map(({ type }) => type)],
] as const

const withoutGrease = (hello: ClientHello, sent: ClientHello): MirrorGap[] =>
  lists
    .filter(([, list]) => list(hello)?.some(isGrease) && !list(sent)?.some(isGrease))
    .map(([kind]) => ({ kind, id: 0x0a0a, reason: 'OpenSSL sends none in its lists' }))
