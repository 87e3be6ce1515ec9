import type { ComparisonRow, LegPair } from '../../compare/compare.ts'
import { compareConnections } from '../../compare/two-connections.ts'
import { isWhole } from '../../model/link.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'

/** One thing in which the second capture is not the first. Texts are the network's. */
export interface Difference {
  /** A stable key: `upstream-cipher-suite`, `problem`; of answers `status`, `header NAME`, `body`, `answer`, `end`. */
  readonly what: string
  readonly label: string
  /** Absent where there was none. */
  readonly was?: string
  readonly is?: string
  readonly why?: string
}

/** What is not compared. */
export interface Ignored {
  /** Aspects and names of fields, lower case. */
  readonly names: ReadonlySet<string>
  /** Compare what is another each time as well. */
  readonly strict: boolean
}

/** What differs between two connections: both legs' handshakes, and what went wrong. */
export function handshakeDifferences(left: LegPair, right: LegPair, ignored: Ignored): readonly Difference[] {
  const rows = compareConnections(left, right).filter(row => row.mark !== '=' && row.mark !== '·')
  const told = rows.filter(row => ignored.strict || !isUsual(row, left, right)).map(differenceOf)
  return [...told, ...problemDifference(left, right)].filter(({ what }) => !ignored.names.has(what))
}

const differenceOf = ({ aspect, label, client, upstream, why }: ComparisonRow): Difference => ({
  ...{ what: aspect, label, was: client, is: upstream },
  ...(why !== undefined && { why }),
})

/** Of the certificate and its proof a resumed session says nothing. */
const ofCertificates = /^(?:client|upstream)-(?:certificate|key|ocsp|client-certificate|signature-algorithm)$/
/** Parley mints a leaf for each run, and some clients put their extensions in another order each time. */
const ofParleysLeaf = /^client-(?:certificate|key|ocsp)$/
const byOrder = /^(?:client|upstream)-ja3$/

function isUsual({ aspect, client, upstream, why }: ComparisonRow, left: LegPair, right: LegPair): boolean {
  if (byOrder.test(aspect)) return true
  if (/^\w+-extensions$/.test(aspect) && client === upstream && why !== undefined && !why.startsWith('Only'))
    return true
  if (ofParleysLeaf.test(aspect)) return !isWhole(left.connection) && !isWhole(right.connection)
  const leg = aspect.startsWith('client-') ? 'client' : 'upstream'
  return ofCertificates.test(aspect) && isResumed(left[leg]) !== isResumed(right[leg])
}

const isResumed = (leg: Handshake | undefined): boolean => leg !== undefined && leg.negotiated.resumption !== 'none'

function problemDifference(left: LegPair, right: LegPair): readonly Difference[] {
  const [was, is] = [left, right].map(({ connection }) => connection.problems.map(({ code }) => code).join(', '))
  if (was === is) return []
  return [{ what: 'problem', label: 'Problem', ...(was && { was }), ...(is && { is }) }]
}
