import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** NIST's tests of certificate paths; test/fixtures/pkits/README.md says which. */
export interface PkitsTest {
  /** Its number in the suite's document. */
  readonly test: string
  readonly valid: boolean
  /** Only a revocation list shows that it is not valid. */
  readonly onlyCrl?: true
  /** Names of certificates, the server's own first, without the trust anchor. */
  readonly chain: readonly string[]
}

const folder = join(import.meta.dirname, '../../fixtures/pkits')
const table: { readonly certificates: readonly string[]; readonly tests: readonly PkitsTest[] } = JSON.parse(
  readFileSync(join(folder, 'tests.json'), 'utf8'),
)

const ders = new Map<string, Uint8Array>()
let rest = new Uint8Array(readFileSync(join(folder, 'certificates.der')))
for (const name of table.certificates) {
  const length = 4 + rest[2]! * 256 + rest[3]! // 30 82 and two octets
  ders.set(name, rest.slice(0, length))
  rest = rest.subarray(length)
}

export const pkitsTests = table.tests
export const pkitsAnchor = ders.get(table.certificates[0]!)!
export const pkitsChain = ({ chain }: PkitsTest): Uint8Array[] => chain.map(name => ders.get(name)!)
/** Whether somebody without revocation lists must accept it. */
export const isAccepted = ({ valid, onlyCrl }: PkitsTest): boolean => valid || onlyCrl === true
