import type { Connection } from '../model/connection.ts'
import type { Comparison, Mark } from './comparison.ts'

/** How the legs differ, in a word for a column of a list: `=`, or `≠ version`. */
export interface Delta {
  readonly mark: Mark
  /** The row that the mark comes from; absent with `=`. */
  readonly aspect?: string
}

const order: readonly Mark[] = ['!', '≠', '~']

/** Aspects in which two legs of one proxy always differ, or that are no part of what was agreed. */
const byNature = new Set([
  'certificate',
  'key',
  'signature-algorithm',
  'ocsp',
  'resumption',
  'session-tickets',
  'timing-dns',
  'timing-tcp',
  'timing-tls',
  'bytes',
])

/** The first row of the worst mark; what always differs counts only where it matters. */
export function deltaOf({ rows }: Pick<Comparison, 'rows'>): Delta {
  for (const mark of order) {
    const row = rows.find(candidate => candidate.mark === mark && (mark === '!' || !byNature.has(candidate.aspect)))
    if (row) return { mark, aspect: row.aspect }
  }
  return { mark: '=' }
}

/** The same from what Node says was agreed, where nothing was dissected yet; undefined while a leg is not secure. */
export function agreedDelta({ client, upstream }: Connection): Delta | undefined {
  const [ours, theirs] = [client.agreed, upstream?.agreed]
  if (!ours || !theirs) return undefined
  if (ours.version !== theirs.version) return { mark: '!', aspect: 'version' }
  if (ours.alpn !== theirs.alpn) return { mark: '!', aspect: 'alpn' }
  return ours.cipherSuite === theirs.cipherSuite ? { mark: '=' } : { mark: '≠', aspect: 'cipher-suite' }
}
