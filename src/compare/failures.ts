import { certificateFailures } from './failures/certificate-failures.ts'
import type { Failure, Failures } from './failures/failure.ts'
import { networkFailures } from './failures/network-failures.ts'
import { tlsFailures } from './failures/tls-failures.ts'

export type { Failure } from './failures/failure.ts'

/** Every problem of connections and of TLS that Parley can name, by its code. */
export const failures: Failures = { ...tlsFailures, ...certificateFailures, ...networkFailures }

/** The entry of a code; undefined for a code that is not in the table. */
export const failureOf = (code: string): Failure | undefined =>
  Object.hasOwn(failures, code) ? failures[code] : undefined
