import type { CertificateFacts } from './certificate.ts'
import { type ChainProblem, error, titleOf } from './chain-problems.ts'

/** What clients heed where it is critical; what else is critical they must refuse. RFC 5280 4.2 */
const heeded: ReadonlySet<string> = new Set([
  'Key Usage',
  'Subject Alternative Name',
  'Basic Constraints',
  'Name Constraints',
  'CRL Distribution Points',
  'Certificate Policies',
  'Policy Mappings',
  'Policy Constraints',
  'Inhibit anyPolicy',
  'Extended Key Usage',
  'Netscape Certificate Type',
])

/** Critical extensions that keep clients from accepting a certificate. */
export const extensionProblems = (facts: CertificateFacts, index: number | undefined): ChainProblem[] =>
  facts.extensions
    .filter(({ critical }) => critical)
    .flatMap(({ name, malformed }): ChainProblem[] => {
      const what = `${titleOf(facts)} has a critical extension that`
      if (!heeded.has(name))
        return [error('unknown-critical-extension', index, `${what} clients do not heed: ${name}.`)]
      return malformed ? [error('malformed', index, `${what} cannot be read, ${name}: ${malformed}.`)] : []
    })
