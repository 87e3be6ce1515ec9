import { gapName } from '../../compare/gap-name.ts'
import type { MirrorGap } from '../../model/connection.ts'
import type { ClientHello } from '../../wire/tls/values.ts'

const mostGaps = 8

/**
 * How much of the client's hello Parley's own reproduces: a count, and a line for each gap. `openssl` is why that is
 * OpenSSL's, where it need not have been.
 */
export function mirrorFacts(sent: ClientHello, gaps: readonly MirrorGap[] | undefined, openssl?: string): string[] {
  if (!gaps) return ['not mirrored: Parley’s own offer']
  const missing = (kind: string, present: ReadonlySet<number>) =>
    gaps.filter(gap => gap.kind === kind && !present.has(gap.id)).length
  const suites = sent.cipherSuites.length
  const extensions = sent.extensions.length
  const suitesLost = missing('cipherSuite', new Set(sent.cipherSuites))
  const extensionsLost = missing('extension', new Set(sent.extensions.map(({ type }) => type)))
  const told = [...new Set(gaps.map(gap => `~ ${gapName(gap)}: ${gap.reason}`))]
  return [
    ...(openssl === undefined ? [] : [`OpenSSL’s hello: ${openssl}`]),
    `mirrored ${suites}/${suites + suitesLost} suites, ${extensions}/${extensions + extensionsLost} extensions`,
    ...told.slice(0, mostGaps),
    ...(told.length > mostGaps ? [`~ ${told.length - mostGaps} more`] : []),
  ]
}
