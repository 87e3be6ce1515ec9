import { actingFailures } from './catalogue/acting-failures.ts'
import { certificateFailures } from './catalogue/certificate-failures.ts'
import type { Failure, Failures } from './catalogue/failure.ts'
import { messageFailures } from './catalogue/message-failures.ts'
import { networkFailures } from './catalogue/network-failures.ts'
import { otherProxyFailures } from './catalogue/other-proxy-failures.ts'
import { ownFailures } from './catalogue/own-failures.ts'
import { ruleFailures } from './catalogue/rule-failures.ts'
import { rulingFailures } from './catalogue/ruling-failures.ts'
import { storeFailures } from './catalogue/store-failures.ts'
import { tlsFailures } from './catalogue/tls-failures.ts'

export type { Failure } from './catalogue/failure.ts'

/** Every problem that Parley can name, by its code. */
export const catalogue = {
  ...tlsFailures,
  ...certificateFailures,
  ...networkFailures,
  ...otherProxyFailures,
  ...messageFailures,
  ...ownFailures,
  ...ruleFailures,
  ...storeFailures,
  ...actingFailures,
  ...rulingFailures,
} as const satisfies Failures

/** The code of a problem that Parley itself can report; a capture file of another version may hold others. */
export type ProblemCode = keyof typeof catalogue

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(catalogue, code)

/** The entry of a code; undefined for a code that is not in the catalogue. */
export const failureOf = (code: string): Failure | undefined => (isProblemCode(code) ? catalogue[code] : undefined)
