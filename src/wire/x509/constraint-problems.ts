import { type CertificateFacts, isSelfIssued } from './certificate.ts'
import { type ChainProblem, error, titleOf } from './chain-problems.ts'
import { forbiddenName, mostComparisons } from './name-constraints/forbidden-name.ts'

interface Step {
  readonly facts: CertificateFacts
  readonly index?: number
}

/**
 * The names that authorities may not sign for; `path` is leaf to root. An authority that issued itself another certificate
 * keeps its name. RFC 5280 4.2.1.10, 6.1.3 (b), (c)
 */
export function constraintProblems(path: readonly Step[]): ChainProblem[] {
  const budget = { left: mostComparisons }
  return path.flatMap(({ facts: { nameConstraints }, facts: authority }, position) => {
    if (!nameConstraints) return []
    const below = path.slice(0, position).filter(({ facts }, i) => i === 0 || !isSelfIssued(facts))
    return below.flatMap(({ facts, index }) => {
      const name = forbiddenName(facts, nameConstraints, budget)
      return name ? [error('name-not-permitted', index, `${titleOf(authority)} may not sign for ${name.value}.`)] : []
    })
  })
}
